import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { tableOf } from './document-tables.ts';
import type { SetRow } from './writer.ts';

const MAX_STATEMENTS = 200;

/** One generation of a collection's documents, to be read. */
export class DocumentSet {
  readonly table: string;
  readonly generation: number;
  readonly version: number;
  private readonly statements = new Map<string, StatementSync>();

  constructor(
    private readonly db: DatabaseSync,
    name: string,
    { generation, version }: SetRow,
  ) {
    this.table = tableOf(name, generation);
    this.generation = generation;
    this.version = version;
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
}
