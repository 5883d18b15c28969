import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { describeEventStore } from '../contract.ts';
import { DataFolderInUse, lockDataFolder } from './data-folder-lock.ts';
import { SqliteEventStore } from './sqlite-event-store.ts';

for (const writer of ['inline', 'thread'] as const) {
  describeEventStore(`SQLite (writer: ${writer})`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'carillon-'));
    let store: SqliteEventStore | undefined;
    const open = async () => {
      await store?.close();
      return (store = new SqliteEventStore(join(folder, 'events.db'), { writer }));
    };
    return {
      make: open,
      reopen: open,
      dispose: async () => {
        await store?.close();
        await rm(folder, { recursive: true });
      },
    };
  });
}

describe('a data folder', () => {
  it('belongs to one process at a time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'carillon-'));
    const lock = lockDataFolder(folder);
    expect(() => lockDataFolder(folder)).toThrow(DataFolderInUse);
    lock.release();
    lockDataFolder(folder).release();
    await rm(folder, { recursive: true });
  });
});
