import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export type PlainQuery = { readonly where: Readonly<Record<string, string>>; readonly limit: number };

/** The stored documents of the deliveries, asked for in SQL and nothing else. */
export class PlainQueries {
  readonly #database: DatabaseSync;
  readonly #table: string;

  constructor(folder: string) {
    this.#database = new DatabaseSync(join(folder, 'read-models.db'), { readOnly: true, timeout: 5_000 });
    const live = this.#database
      .prepare("SELECT generation FROM collections WHERE name = 'deliveries' AND live = 1")
      .get();
    this.#table = `"deliveries_g${String(live?.['generation'])}"`;
  }

  /** Newest first. Answers how many there were. */
  newest({ where, limit }: PlainQuery): number {
    const conditions = Object.keys(where).map((field) => `f_${field} = ?`);
    const sql = `SELECT id, position, document FROM ${this.#table} WHERE ${conditions.join(' AND ')}
      ORDER BY f_eventPosition DESC, id DESC LIMIT ?`;
    return this.#database.prepare(sql).all(...Object.values(where), limit).length;
  }

  close(): void {
    this.#database.close();
  }
}
