import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EventMetadata, Position, Recorded } from '../../kernel/index.ts';

type Row = {
  position: number;
  stream: string;
  revision: number;
  category: string;
  type: string;
  id: string;
  data: string;
  metadata: string;
};

/** The statements that read events. */
export class EventReader {
  readonly #stream: StatementSync;
  readonly #all: StatementSync;
  readonly #ofCategories: StatementSync;

  constructor(database: DatabaseSync) {
    this.#stream = database.prepare(
      'SELECT * FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?',
    );
    this.#all = database.prepare('SELECT * FROM events WHERE position > ? AND position <= ? ORDER BY position LIMIT ?');
    this.#ofCategories = database.prepare(
      `SELECT * FROM events WHERE position > ? AND position <= ? AND category IN (SELECT value FROM json_each(?))
       ORDER BY position LIMIT ?`,
    );
  }

  readStream(stream: string, from: number, limit: number): Recorded[] {
    return (this.#stream.all(stream, from, limit) as Row[]).map(recordedOf);
  }

  readAll(after: Position, upTo: Position, categories: readonly string[] | undefined, limit: number): Recorded[] {
    const rows = categories
      ? this.#ofCategories.all(after, upTo, JSON.stringify(categories), limit)
      : this.#all.all(after, upTo, limit);
    return (rows as Row[]).map(recordedOf);
  }
}

const recordedOf = (row: Row): Recorded => ({
  type: row.type,
  data: JSON.parse(row.data) as object,
  id: row.id,
  stream: row.stream,
  category: row.category,
  revision: row.revision,
  position: row.position,
  metadata: JSON.parse(row.metadata) as EventMetadata,
});
