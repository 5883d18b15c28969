import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventStore } from '../../../../libs/platform/event-store/embedded/sqlite-event-store.ts';
import type { AppendRequest, EventStore } from '../../../../libs/platform/event-store/index.ts';
import { migrate } from '../migration.ts';
import { progressLines } from '../progress-lines.ts';
import { write } from './histories.ts';

export const KEY = 'ab'.repeat(32);

/** Two embedded stores, one to be copied into the other. */
export class MigrationRig {
  readonly said: string[] = [];
  stop = new AbortController();
  readonly source: SqliteEventStore;
  readonly target: SqliteEventStore;

  private constructor(readonly folder: string) {
    this.source = new SqliteEventStore(join(folder, 'source.db'));
    this.target = new SqliteEventStore(join(folder, 'target.db'));
  }

  static async with(requests: readonly AppendRequest[]): Promise<MigrationRig> {
    const rig = new MigrationRig(await mkdtemp(join(tmpdir(), 'carillon-')));
    await write(rig.source, requests);
    return rig;
  }

  migrate(target: EventStore = this.target, given = KEY): Promise<void> {
    const say = (line: string) => void this.said.push(line);
    const { source, stop } = this;
    const keys = { given, kept: undefined };
    return migrate({ source, target, keys, say, progress: progressLines(() => undefined), stopping: stop.signal });
  }

  async dispose(): Promise<void> {
    await this.source.close();
    await this.target.close();
    await rm(this.folder, { recursive: true });
  }
}
