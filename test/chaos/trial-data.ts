import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventStore } from '../../libs/platform/event-store/embedded/sqlite-event-store.ts';
import type { EventStore } from '../../libs/platform/event-store/index.ts';
import { openSqliteReadModel } from '../../libs/platform/read-model/embedded/sqlite-read-model.ts';
import type { ReadModel } from '../../libs/platform/read-model/index.ts';

/** Where the processes of a trial keep everything. It is looked into while none of them runs. */
export interface TrialData {
  /** Of each process. */
  readonly folder: string;
  /** What tells a process where its stores are. */
  readonly env: Readonly<Record<string, string>>;
  /** For people who look for what went wrong. */
  readonly place: string;
  readEvents<T>(read: (store: EventStore) => Promise<T>): Promise<T>;
  readDocuments<T>(read: (readModel: ReadModel) => Promise<T>): Promise<T>;
  /** They will be built again; the ones there were are kept beside. */
  loseDocuments(): Promise<void>;
  remove(): Promise<void>;
}

const DOCUMENTS = 'read-models.db';

/** Embedded stores in a folder. */
export class EmbeddedData implements TrialData {
  readonly env = {};

  private constructor(readonly folder: string) {}

  /** In a folder for temporary files if there is none. */
  static async in(folder?: string): Promise<EmbeddedData> {
    return new EmbeddedData(folder ?? (await temporaryFolder()));
  }

  get place(): string {
    return this.folder;
  }

  async readEvents<T>(read: (store: EventStore) => Promise<T>): Promise<T> {
    const store = new SqliteEventStore(join(this.folder, 'events.db'));
    return read(store).finally(() => store.close());
  }

  async readDocuments<T>(read: (readModel: ReadModel) => Promise<T>): Promise<T> {
    const readModel = openSqliteReadModel(join(this.folder, DOCUMENTS));
    return read(readModel).finally(() => readModel.close());
  }

  async loseDocuments(): Promise<void> {
    for (const suffix of ['', '-wal', '-shm']) {
      const file = DOCUMENTS + suffix;
      await rename(join(this.folder, file), join(this.folder, `lost-${file}`)).catch(() => undefined);
    }
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'carillon-chaos-'));
