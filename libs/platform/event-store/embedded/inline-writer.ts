import type { Answer, Append, Writer } from './writer.ts';
import { WritingConnection } from './writing-connection.ts';

/** Writes at once, in the caller's thread, which waits for the disk. */
export class InlineWriter implements Writer {
  readonly #connection: WritingConnection;

  constructor(file: string) {
    this.#connection = new WritingConnection(file);
  }

  async commit(appends: readonly Append[]): Promise<readonly Answer[]> {
    return this.#connection.commit(appends);
  }

  async close(): Promise<void> {
    this.#connection.close();
  }
}
