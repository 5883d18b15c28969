import type { DatabaseSync } from 'node:sqlite';
import type { Index, SchemaChange, SetRow, Shape } from './writer.ts';

const LIVE = 1;
const REBUILT = 0;
/** Before the first position, as of the kernel's START. */
const START = -1;

export const tableOf = (name: string, generation: number): string => `"${name}_g${generation}"`;

/** Makes, fits and drops tables, each with its row of `collections`; inside the caller's transaction. */
export class DocumentTables {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  apply(change: SchemaChange): SetRow | undefined {
    switch (change.kind) {
      case 'open':
        return this.#open(change.shape);
      case 'rebuild': {
        const abandoned = this.find(change.shape.name, REBUILT);
        if (abandoned) this.drop(change.shape.name, abandoned.generation);
        return this.#create(change.shape, REBUILT);
      }
      case 'swap':
        return this.#swap(change.name);
      case 'tidy':
        this.#tidy(change.name);
        return undefined;
    }
  }

  find(name: string, live: number = LIVE): SetRow | undefined {
    const sql = 'SELECT generation, version FROM collections WHERE name = ? AND live = ?';
    const row = this.#db.prepare(sql).get(name, live);
    return row && { generation: Number(row.generation), version: Number(row.version) };
  }

  drop(name: string, generation: number): void {
    this.#db.exec(`DROP TABLE ${tableOf(name, generation)}`);
    this.#db.prepare('DELETE FROM collections WHERE generation = ?').run(generation);
  }

  /** Columns that commits fill; the others are computed. */
  filled(table: string): ReadonlySet<string> {
    const rows = this.#db.prepare(`PRAGMA table_xinfo(${table})`).all();
    return new Set(rows.filter(({ hidden }) => hidden === 0).map(({ name }) => String(name)));
  }

  #open(shape: Shape): SetRow {
    const served = this.find(shape.name);
    if (!served) return this.#create(shape, LIVE);
    this.#fit(tableOf(shape.name, served.generation), served.generation, shape);
    return served;
  }

  #create(shape: Shape, live: number): SetRow {
    const { lastInsertRowid } = this.#db
      .prepare('INSERT INTO collections (name, version, checkpoint, live) VALUES (?, ?, ?, ?)')
      .run(shape.name, shape.version, START, live);
    const generation = Number(lastInsertRowid);
    const table = tableOf(shape.name, generation);
    const columns = shape.fields.map(({ column }) => `${column}, `).join('');
    // The document comes last: what precedes it is read without its overflow pages.
    this.#db.exec(
      `CREATE TABLE ${table} (id TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL, ${columns}document TEXT NOT NULL)`,
    );
    this.#fit(table, generation, shape);
    return { generation, version: shape.version };
  }

  /**
   * Adds the columns that are missing, and makes the indexes those of the shape. The documents are already there, so an added
   * column is computed from them, which rewrites nothing.
   */
  #fit(table: string, generation: number, shape: Shape): void {
    const columns = this.#db.prepare(`PRAGMA table_xinfo(${table})`).all();
    const present = new Set(columns.map(({ name }) => name));
    for (const { field, column } of shape.fields) {
      if (present.has(column)) continue;
      this.#db.exec(`ALTER TABLE ${table} ADD COLUMN ${column} AS (json_extract(document, '$.${field}')) VIRTUAL`);
    }
    const wanted = new Map(shape.indexes.map((index) => indexSql(table, `${shape.name}_g${generation}`, index)));
    const sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL";
    for (const index of this.#db.prepare(sql).all(`${shape.name}_g${generation}`)) {
      if (wanted.get(String(index.name)) === index.sql) wanted.delete(String(index.name));
      else this.#db.exec(`DROP INDEX "${String(index.name)}"`);
    }
    for (const create of wanted.values()) this.#db.exec(create);
  }

  #swap(name: string): SetRow {
    const next = this.find(name, REBUILT);
    if (!next) throw new Error(`There is no rebuild of ${name} to swap in`);
    const set = this.#db.prepare('UPDATE collections SET live = ? WHERE generation = ?');
    const before = this.find(name);
    if (before) set.run(-before.generation, before.generation);
    set.run(LIVE, next.generation);
    return next;
  }

  #tidy(name: string): void {
    const sql = 'SELECT generation FROM collections WHERE name = ? AND live < 0';
    for (const { generation } of this.#db.prepare(sql).all(name)) this.drop(name, Number(generation));
  }
}

/** As SQLite keeps it, so that the two can be compared. */
function indexSql(table: string, prefix: string, { name, columns, present }: Index): [name: string, sql: string] {
  const sql = `CREATE INDEX "${prefix}_${name}" ON ${table} (${columns.join(', ')})`;
  return [`${prefix}_${name}`, present === undefined ? sql : `${sql} WHERE ${present} IS NOT NULL`];
}
