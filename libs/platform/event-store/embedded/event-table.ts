import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { categoryOfStream, START, type EventMetadata, type Position, type Recorded } from '../../kernel/index.ts';
import type { NewEvent } from '../port.ts';

/** An event with its parts already as the text that is stored. */
export type NewRow = { readonly event: NewEvent; readonly data: string; readonly metadata: string };

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

/** The statements on the one table. Nothing here opens or ends a transaction. */
export class EventTable {
  readonly #insert: StatementSync;
  readonly #lastRevision: StatementSync;
  readonly #stream: StatementSync;
  readonly #all: StatementSync;
  readonly #ofCategories: StatementSync;
  readonly #idAt: StatementSync;
  readonly #revisionOfId: StatementSync;
  readonly #lastPosition: StatementSync;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      'INSERT INTO events (position, stream, revision, category, type, id, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#lastRevision = database.prepare('SELECT max(revision) AS revision FROM events WHERE stream = ?');
    this.#stream = database.prepare(
      'SELECT * FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?',
    );
    this.#all = database.prepare('SELECT * FROM events WHERE position > ? AND position <= ? ORDER BY position LIMIT ?');
    this.#ofCategories = database.prepare(
      `SELECT * FROM events WHERE position > ? AND position <= ? AND category IN (SELECT value FROM json_each(?))
       ORDER BY position LIMIT ?`,
    );
    this.#idAt = database.prepare('SELECT id FROM events WHERE stream = ? AND revision = ?');
    this.#revisionOfId = database.prepare('SELECT revision FROM events WHERE stream = ? AND id = ? LIMIT 1');
    // The sequence survives deletion of the newest events, so a position is never given twice.
    this.#lastPosition = database.prepare("SELECT seq AS position FROM sqlite_sequence WHERE name = 'events'");
  }

  lastPosition(): Position {
    return (this.#lastPosition.get() as { position: number } | undefined)?.position ?? START;
  }

  /** -1 when there is no such stream. */
  lastRevision(stream: string): number {
    return (this.#lastRevision.get(stream) as { revision: number | null }).revision ?? -1;
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

  /** The stored events if exactly these, by id, are already there: at this revision, or wherever the first of them stands. */
  sameEvents(stream: string, at: number | 'anywhere', rows: readonly NewRow[]): Recorded[] | undefined {
    const first = rows[0];
    if (!first) return [];
    const from = at === 'anywhere' ? this.#revisionOf(stream, first.event.id) : at;
    if (from === undefined) return undefined;
    const same = rows.every(({ event }, index) => this.#idOf(stream, from + index) === event.id);
    return same ? this.readStream(stream, from, rows.length) : undefined;
  }

  insert(
    stream: string,
    revision: number,
    position: Position,
    rows: readonly NewRow[],
    metadata: EventMetadata,
  ): Recorded[] {
    const category = categoryOfStream(stream);
    return rows.map(({ event, data, metadata: stored }, i) => {
      this.#insert.run(position + i, stream, revision + i, category, event.type, event.id, data, stored);
      return {
        type: event.type,
        data: event.data,
        id: event.id,
        stream,
        category,
        revision: revision + i,
        position: position + i,
        metadata,
      };
    });
  }

  #idOf(stream: string, revision: number): string | undefined {
    return (this.#idAt.get(stream, revision) as { id: string } | undefined)?.id;
  }

  #revisionOf(stream: string, id: string): number | undefined {
    return (this.#revisionOfId.get(stream, id) as { revision: number } | undefined)?.revision;
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
