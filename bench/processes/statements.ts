import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

export type Statement = {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
  readonly file: string;
};

/** Every reading statement that this process runs on SQLite from now on, for whoever asks for it. */
export class Statements {
  #recording: Statement[] | undefined;

  constructor() {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with the database it belongs to
    const { prepare } = DatabaseSync.prototype;
    const record = (statement: Statement): void => void this.#recording?.push(statement);
    DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql: string): StatementSync {
      const prepared = prepare.call(this, sql);
      const file = this.location() ?? '';
      for (const method of ['all', 'get'] as const) {
        const run = prepared[method].bind(prepared) as (...values: SQLInputValue[]) => unknown;
        Object.defineProperty(prepared, method, {
          value: (...values: SQLInputValue[]) => {
            record({ sql, values, file });
            return run(...values);
          },
        });
      }
      return prepared;
    };
  }

  /** Those that run until it is done. */
  async during(work: () => Promise<unknown>): Promise<readonly Statement[]> {
    const recorded: Statement[] = [];
    this.#recording = recorded;
    try {
      await work();
    } finally {
      this.#recording = undefined;
    }
    return recorded;
  }
}

/** How SQLite goes about it, in its own words. */
export function planOf({ sql, values, file }: Statement): string {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    const rows = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
    return rows.map(({ detail }) => String(detail)).join('; ');
  } finally {
    database.close();
  }
}
