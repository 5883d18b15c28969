import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { categoryOfStream, type Position } from '../../kernel/event.ts';
import type { Append, AppendedEvent } from './writer.ts';

/** The statements that appending takes. Nothing here opens or ends a transaction. */
export class EventTable {
  readonly #insert: StatementSync;
  readonly #lastRevision: StatementSync;
  readonly #idAt: StatementSync;
  readonly #revisionOfId: StatementSync;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      `INSERT INTO events (position, stream, revision, category, type, id, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (stream, revision) DO NOTHING`,
    );
    this.#lastRevision = database.prepare('SELECT max(revision) AS revision FROM events WHERE stream = ?');
    this.#idAt = database.prepare('SELECT id FROM events WHERE stream = ? AND revision = ?');
    this.#revisionOfId = database.prepare('SELECT revision FROM events WHERE stream = ? AND id = ? LIMIT 1');
  }

  /** -1 when there is no such stream. */
  lastRevision(stream: string): number {
    return (this.#lastRevision.get(stream) as { revision: number | null }).revision ?? -1;
  }

  /** The revision from which on exactly these, by id, are there already: this one, or wherever the first of them stands. */
  standing(stream: string, at: number | 'anywhere', events: readonly AppendedEvent[]): number | undefined {
    const first = events[0];
    if (!first) return undefined;
    const from = at === 'anywhere' ? this.#revisionOf(stream, first.id) : at;
    if (from === undefined) return undefined;
    return events.every(({ id }, index) => this.#idOf(stream, from + index) === id) ? from : undefined;
  }

  /**
   * `false`, and nothing written, when the first revision is taken. Since revisions have no gaps it is the only one that can be:
   * what is inserted is inserted whole.
   */
  insert({ stream, events, metadata }: Append, revision: number, position: Position): boolean {
    const category = categoryOfStream(stream);
    for (const [index, { type, id, data }] of events.entries()) {
      const at = revision + index;
      const { changes } = this.#insert.run(position + index, stream, at, category, type, id, data, metadata);
      if (changes === 0 && index === 0) return false;
      if (changes === 0) throw new Error(`${stream} has a gap before revision ${at}.`);
    }
    return true;
  }

  #idOf(stream: string, revision: number): string | undefined {
    return (this.#idAt.get(stream, revision) as { id: string } | undefined)?.id;
  }

  #revisionOf(stream: string, id: string): number | undefined {
    return (this.#revisionOfId.get(stream, id) as { revision: number } | undefined)?.revision;
  }
}
