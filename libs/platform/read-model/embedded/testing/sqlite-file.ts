import { afterEach, beforeEach } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteReadModel, type SqliteReadModel, type SqliteReadModelOptions } from '../sqlite-read-model.ts';

/** A file of its own for each test; what was opened is closed at the end. */
export class SqliteFile {
  path = '';
  #folder = '';
  #opened: { close(): unknown }[] = [];

  constructor() {
    beforeEach(() => {
      this.#folder = mkdtempSync(join(tmpdir(), 'carillon-read-model-'));
      this.path = join(this.#folder, 'read-models.db');
      this.#opened = [];
    });
    afterEach(async () => {
      for (const opened of this.#opened) await opened.close();
      rmSync(this.#folder, { recursive: true });
    });
  }

  open(options: SqliteReadModelOptions = {}): SqliteReadModel {
    return this.closing(openSqliteReadModel(this.path, options));
  }

  /** Runs statements beside the read model, on a connection of their own. */
  run(sql: string): void {
    const db = new DatabaseSync(this.path, { timeout: 5_000 });
    db.exec(sql);
    db.close();
  }

  rows(sql: string, ...values: readonly (string | number | null)[]): readonly Record<string, unknown>[] {
    const db = new DatabaseSync(this.path, { readOnly: true });
    const rows = db.prepare(sql).all(...values);
    db.close();
    return rows;
  }

  closing<T extends { close(): unknown }>(opened: T): T {
    this.#opened.push(opened);
    return opened;
  }
}
