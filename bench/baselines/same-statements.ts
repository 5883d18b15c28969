import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Statement } from '../processes/statements.ts';

/** Statements that were recorded, run again and nothing else: no request, no rights, no answer. */
export class SameStatements {
  readonly #databases = new Map<string, DatabaseSync>();
  readonly #prepared = new Map<string, StatementSync>();

  run(statements: readonly Statement[]): void {
    for (const { sql, values, file } of statements) this.#prepare(file, sql).all(...values);
  }

  close(): void {
    for (const database of this.#databases.values()) database.close();
  }

  #prepare(file: string, sql: string): StatementSync {
    const key = `${file}\n${sql}`;
    const known = this.#prepared.get(key) ?? this.#open(file).prepare(sql);
    this.#prepared.set(key, known);
    return known;
  }

  #open(file: string): DatabaseSync {
    const known = this.#databases.get(file) ?? new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
    this.#databases.set(file, known);
    return known;
  }
}
