import type { DatabaseSync } from 'node:sqlite';
import type { Projection } from '../../kernel/index.ts';
import { DeclaredFields } from '../declared-fields.ts';
import type { Collection, ReadModel } from '../port.ts';
import { openDatabase } from './database.ts';
import { DocumentSet } from './document-set.ts';
import { SqliteCollection } from './sqlite-collection.ts';
import { inTransaction } from './transaction.ts';

/** Documents in one SQLite file, which belongs to one process. */
export interface SqliteReadModel extends ReadModel {
  /** The file was damaged, or of another layout, and was made anew: every collection in it is new. */
  readonly recreated: boolean;
}

export function openSqliteReadModel(file: string): SqliteReadModel {
  const { db, recreated } = openDatabase(file);
  return new OpenReadModel(db, recreated);
}

class OpenReadModel implements SqliteReadModel {
  private readonly served = new Map<string, DocumentSet>();
  private readonly rebuilt = new Map<string, DocumentSet>();

  constructor(
    private readonly db: DatabaseSync,
    readonly recreated: boolean,
  ) {
    inTransaction(db, () => this.load());
  }

  async live<Doc extends object>(projection: Projection<Doc, never>): Promise<SqliteCollection<Doc>> {
    const fields = new DeclaredFields(projection);
    const set = inTransaction(this.db, () => {
      const existing = this.served.get(fields.name);
      existing?.fit(fields);
      return existing ?? DocumentSet.create(this.db, fields, true);
    });
    this.served.set(fields.name, set);
    return new SqliteCollection<Doc>(this.db, fields, () => this.served.get(fields.name) ?? set);
  }

  async rebuild<Doc extends object>(projection: Projection<Doc, never>): Promise<Collection<Doc>> {
    const fields = new DeclaredFields(projection);
    const set = inTransaction(this.db, () => {
      this.rebuilt.get(fields.name)?.drop();
      return DocumentSet.create(this.db, fields, false);
    });
    this.rebuilt.set(fields.name, set);
    return new SqliteCollection<Doc>(this.db, fields, () => set);
  }

  async swap(name: string): Promise<void> {
    const set = this.rebuilt.get(name);
    if (!set) throw new Error(`There is no rebuild of ${name} to swap in`);
    inTransaction(this.db, () => {
      this.served.get(name)?.drop();
      this.db.prepare('UPDATE collections SET live = 1 WHERE generation = ?').run(set.generation);
    });
    this.served.set(name, set);
    this.rebuilt.delete(name);
  }

  async close(): Promise<void> {
    if (this.db.isOpen) this.db.close();
  }

  /** A rebuild that the last process did not finish is of no use: whether its runner was still the owner is not known. */
  private load(): void {
    for (const row of this.db.prepare('SELECT name, generation, version, live FROM collections').all()) {
      const set = new DocumentSet(this.db, String(row.name), Number(row.generation), Number(row.version));
      if (row.live === 1) this.served.set(set.name, set);
      else set.drop();
    }
  }
}
