import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeReadModel } from '../contract.ts';
import { openSqliteReadModel } from './sqlite-read-model.ts';

for (const writer of ['inline', 'thread'] as const) {
  describeReadModel(`the SQLite read model (writer: ${writer})`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'carillon-read-model-'));
    const open = async () => openSqliteReadModel(join(folder, 'read-models.db'), { writer });
    return { make: open, reopen: open, dispose: () => rm(folder, { recursive: true }) };
  });
}
