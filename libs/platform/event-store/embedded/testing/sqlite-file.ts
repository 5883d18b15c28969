import { afterEach, beforeEach } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SqliteEventStore, type SqliteEventStoreOptions } from '../sqlite-event-store.ts';

/** A file of its own for each test; the stores on it are closed at the end. */
export class SqliteFile {
  path = '';
  #opened: { close(): unknown }[] = [];

  constructor() {
    let folder = '';
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'carillon-'));
      this.path = join(folder, 'events.db');
    });
    afterEach(async () => {
      for (const opened of this.#opened.splice(0)) await opened.close();
      rmSync(folder, { recursive: true });
    });
  }

  open(options: SqliteEventStoreOptions = {}): SqliteEventStore {
    const store = new SqliteEventStore(this.path, options);
    this.#opened.push(store);
    return store;
  }

  /** Runs statements beside the store, on a connection of their own. */
  run(sql: string): void {
    const database = new DatabaseSync(this.path, { timeout: 5_000 });
    database.exec(sql);
    database.close();
  }

  /** Makes SQLite give up the transaction that appends to this stream, as a full disk does. */
  refuse(stream: string): void {
    this.run(refusal(stream));
  }

  relent(): void {
    this.run('DROP TRIGGER refusal');
  }

  /** Every commit waits, as for a slow disk, until the returned function is called; it may refuse a stream from then on. */
  hold(): (refused?: string) => void {
    const database = new DatabaseSync(this.path);
    database.exec('BEGIN IMMEDIATE');
    return (refused) => {
      database.exec(refused === undefined ? 'COMMIT' : `${refusal(refused)}; COMMIT`);
      database.close();
    };
  }
}

const refusal = (stream: string) =>
  `CREATE TRIGGER refusal BEFORE INSERT ON events WHEN new.stream = '${stream}'
   BEGIN SELECT RAISE(ROLLBACK, 'database or disk is full'); END`;
