import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

type Waiting = {
  readonly row: readonly [string, number, string, string];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/** As little as a durable append needs: one table, one commit for all that came during the last one. */
export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  #queue: Waiting[] = [];

  constructor(folder: string) {
    this.#database = new DatabaseSync(join(folder, 'bare.db'));
    this.#database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      CREATE TABLE events (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        stream TEXT NOT NULL, revision INTEGER NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL,
        UNIQUE (stream, revision)
      )`);
    this.#insert = this.#database.prepare('INSERT INTO events (stream, revision, type, data) VALUES (?, ?, ?, ?)');
  }

  /** Resolves when it is on the disk. */
  append(stream: string, revision: number, type: string, data: string): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#queue.push({ row: [stream, revision, type, data], resolve, reject }) === 1)
        setImmediate(() => this.#commit());
    });
  }

  #commit(): void {
    const group = this.#queue;
    this.#queue = [];
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      for (const { row } of group) this.#insert.run(...row);
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      return group.forEach(({ reject }) => reject(error));
    }
    for (const { resolve } of group) resolve();
  }
}
