import type { DatabaseSync } from 'node:sqlite';
import { DocumentTables, tableOf } from './document-tables.ts';
import { TableWriter } from './table-writer.ts';
import { inTransaction } from './transaction.ts';
import type { Commit, SchemaChange, SetRow } from './writer.ts';

/** The one connection that writes to a file, in whichever thread. */
export class WritingConnection {
  readonly #db: DatabaseSync;
  readonly #tables: DocumentTables;
  /** By name and set; what is known of tables holds until they are changed. */
  readonly #generations = new Map<string, number>();
  readonly #writers = new Map<string, TableWriter>();

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#tables = new DocumentTables(db);
  }

  change(change: SchemaChange): SetRow | undefined {
    this.#generations.clear();
    this.#writers.clear();
    return inTransaction(this.#db, () => this.#tables.apply(change));
  }

  /** All of them or none. */
  commit(...commits: readonly Commit[]): void {
    inTransaction(this.#db, () => {
      for (const commit of commits) this.#write(commit);
    });
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  #write(commit: Commit): void {
    const generation = commit.set === 'live' ? this.#served(commit.name) : commit.set;
    const advance = this.#db.prepare('UPDATE collections SET checkpoint = max(checkpoint, ?) WHERE generation = ?');
    if (advance.run(commit.checkpoint, generation).changes === 0) {
      throw new Error(`These documents of ${commit.name} were dropped by a later rebuild`);
    }
    if (commit.rows.length > 0) this.#writer(tableOf(commit.name, generation), commit.columns).write(commit.rows);
  }

  #served(name: string): number {
    const known = this.#generations.get(name);
    if (known !== undefined) return known;
    const served = this.#tables.find(name);
    if (!served) throw new Error(`There are no documents of ${name}`);
    this.#generations.set(name, served.generation);
    return served.generation;
  }

  #writer(table: string, columns: readonly string[]): TableWriter {
    const key = `${table} ${columns.join()}`;
    let writer = this.#writers.get(key);
    if (!writer) {
      writer = new TableWriter(this.#db, table, columns, this.#tables.filled(table));
      this.#writers.set(key, writer);
    }
    return writer;
  }
}
