import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DataFolderInUse, lockDataFolder } from '../../../libs/platform/event-store/embedded/data-folder-lock.ts';
import { SqliteEventStore } from '../../../libs/platform/event-store/embedded/sqlite-event-store.ts';
import { MigrationRefused } from './refused.ts';

export type SourceFolder = {
  readonly store: SqliteEventStore;
  /** What is in its encryption.key. */
  readonly key: string | undefined;
  readonly close: () => Promise<void>;
};

/**
 * The events of an embedded installation, which no server can have while this is open.
 * @throws {MigrationRefused} when there is none in the folder, a server has it, or the last one did not come to its end.
 */
export function openSourceFolder(folder: string): SourceFolder {
  const events = join(folder, 'events.db');
  // Looked for before anything is opened: opening makes what is missing.
  if (!existsSync(events))
    throw new MigrationRefused(`There is no events.db in ${resolve(folder)}: no installation to copy.`);
  const lock = locked(folder);
  try {
    checkStopped(events);
    const store = new SqliteEventStore(events);
    const file = join(folder, 'encryption.key');
    const key = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
    const close = async () => {
      await store.close();
      lock.release();
    };
    return { store, key, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function locked(folder: string): { release(): void } {
  try {
    return lockDataFolder(folder);
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error;
    throw new MigrationRefused(`A server is running on ${resolve(folder)}: stop it first.`, { cause: error });
  }
}

/**
 * A store that was closed leaves no log. After a crash fan-out may have passed over an event that it would decide at the next start, with
 * a later one decided already: under the new positions the first would come after it.
 */
function checkStopped(events: string): void {
  const log = `${events}-wal`;
  if (!existsSync(log) || statSync(log).size === 0) return;
  throw new MigrationRefused(
    'The server did not come to its end: start it once more on this data folder, let it catch up, stop it with SIGTERM, and begin again.',
  );
}
