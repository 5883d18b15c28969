import type { DatabaseSync } from 'node:sqlite';
import type { Projection } from '../../kernel/index.ts';
import { DeclaredFields } from '../declared-fields.ts';
import type { Collection, ReadModel } from '../port.ts';
import { openDatabase } from './database.ts';
import { DocumentSet } from './document-set.ts';
import { DocumentTables } from './document-tables.ts';
import { InlineWriter } from './inline-writer.ts';
import { shapeOf } from './shape.ts';
import { SqliteCollection } from './sqlite-collection.ts';
import { startWriterThread, ThreadedWriter } from './threaded-writer.ts';
import { inTransaction } from './transaction.ts';
import type { SetRow, Writer } from './writer.ts';

/** Documents in one SQLite file, which belongs to one process. */
export interface SqliteReadModel extends ReadModel {
  /** The file was damaged, or of another layout, and was made anew: every collection in it is new. */
  readonly recreated: boolean;
}

export type SqliteReadModelOptions = {
  /** `thread` takes the work of a commit off the caller's thread; `inline`, the default, costs no thread to start. */
  readonly writer?: 'thread' | 'inline';
};

export function openSqliteReadModel(file: string, { writer = 'inline' }: SqliteReadModelOptions = {}): SqliteReadModel {
  const { db, recreated } = openDatabase(file);
  const served = inTransaction(db, () => load(db));
  if (writer === 'inline') return new OpenReadModel(db, new InlineWriter(db), served, recreated);
  db.exec('PRAGMA query_only = ON');
  return new OpenReadModel(db, new ThreadedWriter(() => startWriterThread(file)), served, recreated);
}

/** A rebuild that the last process did not finish is of no use: whether its runner was still the owner is not known. */
function load(db: DatabaseSync): Map<string, DocumentSet> {
  const tables = new DocumentTables(db);
  const served = new Map<string, DocumentSet>();
  for (const row of db.prepare('SELECT name, generation, version, live FROM collections').all()) {
    const [name, generation] = [String(row.name), Number(row.generation)];
    if (row.live === 1) served.set(name, new DocumentSet(db, name, { generation, version: Number(row.version) }));
    else tables.drop(name, generation);
  }
  return served;
}

class OpenReadModel implements SqliteReadModel {
  constructor(
    private readonly db: DatabaseSync,
    private readonly writer: Writer,
    private readonly served: Map<string, DocumentSet>,
    readonly recreated: boolean,
  ) {}

  async live<Doc extends object>(projection: Projection<Doc, never>): Promise<SqliteCollection<Doc>> {
    const fields = new DeclaredFields(projection);
    const { name } = fields;
    const row = await this.writer.change({ kind: 'open', shape: shapeOf(fields) });
    const set = this.setOf(name, row);
    if (this.served.get(name)?.generation !== set.generation) this.served.set(name, set);
    return new SqliteCollection<Doc>(fields, this.writer, () => this.served.get(name) ?? set, 'live');
  }

  async rebuild<Doc extends object>(projection: Projection<Doc, never>): Promise<Collection<Doc>> {
    const fields = new DeclaredFields(projection);
    const row = await this.writer.change({ kind: 'rebuild', shape: shapeOf(fields) });
    const set = this.setOf(fields.name, row);
    return new SqliteCollection<Doc>(fields, this.writer, () => set, set.generation);
  }

  async swap(name: string): Promise<void> {
    const row = await this.writer.change({ kind: 'swap', name });
    this.served.set(name, this.setOf(name, row));
    // Only now does nobody read the set that was served before. What cannot be dropped is dropped when the file is next opened.
    await this.writer.change({ kind: 'tidy', name }).catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.writer.close();
    if (this.db.isOpen) this.db.close();
  }

  private setOf(name: string, row: SetRow | undefined): DocumentSet {
    if (!row) throw new Error(`There are no documents of ${name}`);
    return new DocumentSet(this.db, name, row);
  }
}
