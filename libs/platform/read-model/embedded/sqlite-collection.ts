import type { DatabaseSync } from 'node:sqlite';
import { START, type Position } from '../../kernel/index.ts';
import { checkConditions, checkQuery, cursorAfter, type CheckedQuery } from '../check-query.ts';
import type { DeclaredFields } from '../declared-fields.ts';
import type { Collection, Condition, Page, Query, Stored } from '../port.ts';
import type { DocumentSet } from './document-set.ts';
import { columnOf, selectSql, toSql, whereSql } from './query-sql.ts';
import { inTransaction } from './transaction.ts';

type Row = [id: string, position: number, document: string];

/** Every call asks for its set anew, so a swap shows at once. Nothing is awaited inside a call: each sees one state of the data. */
export class SqliteCollection<Doc extends object> implements Collection<Doc> {
  constructor(
    private readonly db: DatabaseSync,
    private readonly fields: DeclaredFields,
    private readonly current: () => DocumentSet,
  ) {}

  get stale(): boolean {
    return this.current().version !== this.fields.version;
  }

  async get(id: string): Promise<Stored<Doc> | undefined> {
    return this.read(this.current(), id);
  }

  async getMany(ids: readonly string[]): Promise<readonly Stored<Doc>[]> {
    const set = this.current();
    return [...new Set(ids)].map((id) => this.read(set, id)).filter((stored) => stored !== undefined);
  }

  async find(query: Query): Promise<Page<Doc>> {
    const checked = checkQuery(this.fields, query);
    const rows = this.select(checked, checked.limit + 1);
    const items = rows.slice(0, checked.limit).map((row) => this.stored(row));
    const last = items.at(-1);
    return {
      items,
      nextCursor: last && rows.length > items.length ? cursorAfter(this.fields, checked.sort, last) : null,
    };
  }

  async count(where: readonly Condition[] = []): Promise<number> {
    checkConditions(this.fields, where);
    const set = this.current();
    const { sql, values } = whereSql(where, (field) => this.fields.typeOf(field));
    const row = set.prepare(`SELECT count(*) FROM ${set.table}${sql && ` WHERE ${sql}`}`).get(...values);
    return (row as unknown as [number])[0];
  }

  async checkpoint(): Promise<Position> {
    const set = this.current();
    const row = set.prepare('SELECT checkpoint FROM collections WHERE generation = ?').get(set.generation);
    return (row as unknown as [number] | undefined)?.[0] ?? START;
  }

  async commit(documents: readonly Stored<Doc>[], checkpoint: Position): Promise<void> {
    const set = this.current();
    const fields = set.written(this.fields);
    const upsert = set.prepare(upsertSql(set.table, fields));
    const advance = set.prepare('UPDATE collections SET checkpoint = max(checkpoint, ?) WHERE generation = ?');
    inTransaction(this.db, () => {
      for (const { id, position, document } of documents) {
        const values = fields.map((field) => toSql(this.fields.valueOf(document, field)));
        upsert.run(id, position, ...values, JSON.stringify(document));
      }
      if (advance.run(checkpoint, set.generation).changes === 0) {
        throw new Error(`These documents of ${set.name} were dropped by a later rebuild`);
      }
    });
  }

  private read(set: DocumentSet, id: string): Stored<Doc> | undefined {
    const row = set.prepare(`SELECT id, position, document FROM ${set.table} WHERE id = ?`).get(id);
    return row && this.stored(row as unknown as Row);
  }

  private select(query: CheckedQuery, limit: number): readonly Row[] {
    const set = this.current();
    const rows: Row[] = [];
    for (const { sql, values } of selectSql(set.table, query, (field) => this.fields.typeOf(field))) {
      rows.push(...(set.prepare(sql).all(...values, limit - rows.length) as unknown as Row[]));
      if (rows.length >= limit) break;
    }
    return rows;
  }

  private stored([id, position, document]: Row): Stored<Doc> {
    return { id, position, document: JSON.parse(document) as Doc };
  }
}

function upsertSql(table: string, fields: readonly string[]): string {
  const columns = ['id', 'position', ...fields.map(columnOf), 'document'];
  const updates = columns.slice(1).map((column) => `${column} = excluded.${column}`);
  return (
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ` +
    `ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')} WHERE excluded.position > position`
  );
}
