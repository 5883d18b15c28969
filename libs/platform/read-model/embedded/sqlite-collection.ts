import { START, type Position } from '../../kernel/index.ts';
import { checkCount, checkQuery, pageOf, type CheckedQuery } from '../check-query.ts';
import type { DeclaredFields } from '../declared-fields.ts';
import type { Collection, Condition, Page, Query, Stored } from '../port.ts';
import type { DocumentSet } from './document-set.ts';
import { columnOf, selectSql, toSql, whereSql, type SqlValue } from './query-sql.ts';
import type { Writer } from './writer.ts';

type Row = [id: string, position: number, document: string];

/** Every call asks for its set anew, so a swap shows at once. Nothing is awaited inside a call: each sees one state of the data. */
export class SqliteCollection<Doc extends object> implements Collection<Doc> {
  private readonly columns: readonly string[];

  constructor(
    private readonly fields: DeclaredFields,
    private readonly writer: Writer,
    private readonly current: () => DocumentSet,
    /** Where commits go. */
    private readonly target: 'live' | number,
  ) {
    this.columns = [...fields.types.keys()].map(columnOf);
  }

  get stale(): boolean {
    return this.current().version !== this.fields.version;
  }

  async get(id: string): Promise<Stored<Doc> | undefined> {
    const set = this.current();
    const row = set.prepare(`SELECT id, position, document FROM ${set.table} WHERE id = ?`).get(id);
    return row && this.stored(row as unknown as Row);
  }

  async getMany(ids: readonly string[]): Promise<readonly Stored<Doc>[]> {
    const set = this.current();
    const { sql, values } = whereSql([{ field: 'id', in: ids }], (field) => this.fields.typeOf(field));
    // One statement takes one look at the file's locks; a statement for each id would take as many.
    const rows = set.prepare(`SELECT id, position, document FROM ${set.table} WHERE ${sql}`).all(...values);
    return rows.map((row) => this.stored(row as unknown as Row));
  }

  async find(query: Query): Promise<Page<Doc>> {
    const checked = checkQuery(this.fields, query);
    const rows = this.select(checked, checked.limit + 1);
    return pageOf(
      this.fields,
      checked,
      rows.map((row) => this.stored(row)),
    );
  }

  async count(where: readonly Condition[] = [], atMost?: number): Promise<number> {
    checkCount(this.fields, where, atMost);
    const set = this.current();
    const { sql, values } = whereSql(where, (field) => this.fields.typeOf(field));
    const rows = `FROM ${set.table}${sql && ` WHERE ${sql}`}`;
    const row =
      atMost === undefined
        ? set.prepare(`SELECT count(*) ${rows}`).get(...values)
        : set.prepare(`SELECT count(*) FROM (SELECT 1 ${rows} LIMIT ?)`).get(...values, atMost);
    return (row as unknown as [number])[0];
  }

  async checkpoint(): Promise<Position> {
    const set = this.current();
    const row = set.prepare('SELECT checkpoint FROM collections WHERE generation = ?').get(set.generation);
    return (row as unknown as [number] | undefined)?.[0] ?? START;
  }

  async commit(documents: readonly Stored<Doc>[], checkpoint: Position): Promise<void> {
    const { fields, columns, target: set } = this;
    const rows: SqlValue[] = [];
    for (const { id, position, document } of documents) {
      rows.push(id, position);
      for (const field of fields.types.keys()) rows.push(toSql(fields.valueOf(document, field)));
      rows.push(JSON.stringify(document));
    }
    await this.writer.commit({ kind: 'commit', name: fields.name, set, columns, rows, checkpoint });
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
