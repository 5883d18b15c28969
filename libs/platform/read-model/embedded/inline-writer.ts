import type { DatabaseSync } from 'node:sqlite';
import { WritingConnection } from './writing-connection.ts';
import type { Commit, SchemaChange, SetRow, Writer } from './writer.ts';

/** Writes at once, in the caller's thread and on the connection that reads. */
export class InlineWriter implements Writer {
  readonly #connection: WritingConnection;

  constructor(db: DatabaseSync) {
    this.#connection = new WritingConnection(db);
  }

  async commit(commit: Commit): Promise<void> {
    this.#connection.commit(commit);
  }

  async change(change: SchemaChange): Promise<SetRow | undefined> {
    return this.#connection.change(change);
  }

  async close(): Promise<void> {
    this.#connection.close();
  }
}
