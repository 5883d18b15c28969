import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { START } from '../../kernel/index.ts';
import type { DeclaredFields } from '../declared-fields.ts';
import { columnOf } from './query-sql.ts';

const MAX_STATEMENTS = 200;

/** One generation of a collection's documents: a table, and a row of `collections` with its version and checkpoint. */
export class DocumentSet {
  readonly table: string;
  /** Columns that commits fill; the others are computed. */
  private filled: ReadonlySet<string> = new Set();
  private readonly statements = new Map<string, StatementSync>();

  constructor(
    private readonly db: DatabaseSync,
    readonly name: string,
    readonly generation: number,
    readonly version: number,
  ) {
    this.table = `"${name}_g${generation}"`;
  }

  static create(db: DatabaseSync, fields: DeclaredFields, live: boolean): DocumentSet {
    const { lastInsertRowid } = db
      .prepare('INSERT INTO collections (name, version, checkpoint, live) VALUES (?, ?, ?, ?)')
      .run(fields.name, fields.version, START, Number(live));
    const set = new DocumentSet(db, fields.name, Number(lastInsertRowid), fields.version);
    const columns = [...fields.types.keys()].map((field) => `${columnOf(field)}, `).join('');
    // The document comes last: what precedes it is read without its overflow pages.
    db.exec(
      `CREATE TABLE ${set.table} (id TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL, ${columns}document TEXT NOT NULL)`,
    );
    set.fit(fields);
    return set;
  }

  /**
   * Adds the columns and indexes that are missing. The documents are already there, so an added column is computed from them,
   * which rewrites nothing.
   */
  fit(fields: DeclaredFields): void {
    const present = this.readColumns();
    for (const field of fields.types.keys()) {
      if (present.has(columnOf(field))) continue;
      this.db.exec(
        `ALTER TABLE ${this.table} ADD COLUMN ${columnOf(field)} AS (json_extract(document, '$.${field}')) VIRTUAL`,
      );
    }
    for (const columns of indexesOf(fields)) {
      const index = `"${this.name}_g${this.generation}_${columns.join('_')}"`;
      this.db.exec(`CREATE INDEX IF NOT EXISTS ${index} ON ${this.table} (${columns.join(', ')})`);
    }
    this.filled = new Set([...this.readColumns()].filter(([, kind]) => kind === 'stored').map(([column]) => column));
  }

  /** The declared fields that a commit has to write. */
  written(fields: DeclaredFields): readonly string[] {
    return [...fields.types.keys()].filter((field) => this.filled.has(columnOf(field)));
  }

  /** Prepared once; rows come as arrays. */
  prepare(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (!statement) {
      if (this.statements.size >= MAX_STATEMENTS) this.statements.clear();
      statement = this.db.prepare(sql);
      statement.setReturnArrays(true);
      this.statements.set(sql, statement);
    }
    return statement;
  }

  drop(): void {
    this.db.exec(`DROP TABLE ${this.table}`);
    this.db.prepare('DELETE FROM collections WHERE generation = ?').run(this.generation);
  }

  private readColumns(): ReadonlyMap<string, 'stored' | 'computed'> {
    const rows = this.db.prepare(`PRAGMA table_xinfo(${this.table})`).all();
    return new Map(rows.map(({ name, hidden }) => [String(name), hidden === 0 ? 'stored' : 'computed']));
  }
}

/**
 * `(field, position, id)`, of a field with an index of its own, serves a value newest first, and ranges of the field; a list of the projection is followed by the id, so
 * that its last field can be sorted by.
 */
function indexesOf(fields: DeclaredFields): readonly (readonly string[])[] {
  const single = fields.indexed.map((field) => [columnOf(field), 'position', 'id']);
  const lists = fields.indexes.map((list) => [...list.filter((field) => field !== 'id').map(columnOf), 'id']);
  return [['position', 'id'], ...single, ...lists];
}
