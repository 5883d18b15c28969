import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SqlValue } from './query-sql.ts';

const MAX_STATEMENTS = 200;

/** Writes rows of some columns into a table. Only what changed is written: a column that stays costs its indexes nothing. */
export class TableWriter {
  readonly #db: DatabaseSync;
  readonly #table: string;
  /** The columns it writes, and where a row has them. */
  readonly #columns: readonly string[];
  readonly #places: readonly number[];
  readonly #width: number;
  readonly #insert: StatementSync;
  readonly #read: StatementSync;
  readonly #updates = new Map<string, StatementSync>();

  /** @param filled The columns that are not computed; of the others a row's value is not used. */
  constructor(db: DatabaseSync, table: string, columns: readonly string[], filled: ReadonlySet<string>) {
    this.#db = db;
    this.#table = table;
    this.#columns = columns.filter((column) => filled.has(column));
    this.#places = this.#columns.map((column) => columns.indexOf(column) + 2);
    this.#width = columns.length + 3;
    const written = ['id', 'position', ...this.#columns, 'document'];
    this.#insert = db.prepare(
      `INSERT INTO ${table} (${written.join(', ')}) VALUES (${written.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
    );
    const read = ['rowid', 'position', ...this.#columns];
    this.#read = db.prepare(`SELECT ${read.join(', ')} FROM ${table} WHERE id = ?`);
    this.#read.setReturnArrays(true);
  }

  write(rows: readonly SqlValue[]): void {
    for (let at = 0; at < rows.length; at += this.#width) this.#writeRow(rows, at);
  }

  #writeRow(rows: readonly SqlValue[], at: number): void {
    const stored = this.#read.get(rows[at] as SqlValue) as unknown as SqlValue[] | undefined;
    const position = rows[at + 1] as number;
    const document = rows[at + this.#width - 1] as string;
    if (!stored) {
      this.#insert.run(
        rows[at] as SqlValue,
        position,
        ...this.#places.map((place) => rows[at + place] as SqlValue),
        document,
      );
      return;
    }
    if ((stored[1] as number) >= position) return;
    let changed = '';
    const values: SqlValue[] = [position, document];
    for (let n = 0; n < this.#places.length; n++) {
      const value = rows[at + (this.#places[n] as number)] as SqlValue;
      if (value === stored[n + 2]) continue;
      changed += `, ${this.#columns[n]} = ?`;
      values.push(value);
    }
    this.#update(changed).run(...values, stored[0] as number);
  }

  #update(changed: string): StatementSync {
    let statement = this.#updates.get(changed);
    if (!statement) {
      if (this.#updates.size >= MAX_STATEMENTS) this.#updates.clear();
      statement = this.#db.prepare(`UPDATE ${this.#table} SET position = ?, document = ?${changed} WHERE rowid = ?`);
      this.#updates.set(changed, statement);
    }
    return statement;
  }
}
