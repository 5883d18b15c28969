import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../kernel/event.ts';
import { Lately } from '../../kernel/lately.ts';
import { connect, lastPosition } from './database.ts';
import { EventTable } from './event-table.ts';
import type { Answer, Append } from './writer.ts';

/** Streams whose last revision is known without asking, which is most of those that are appended to again. */
const STREAMS_KNOWN = 10_000;

type Opened = { readonly database: DatabaseSync; readonly table: EventTable };

/** The one connection that writes to the file, in whichever thread. */
export class WritingConnection {
  readonly #file: string;
  /** Nobody else writes to the file, so a last revision that was seen here is the last one. */
  readonly #revisions = new Lately<number>(STREAMS_KNOWN);
  #opened: Opened | undefined;
  #last: Position = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** All of these in one transaction. If that fails nothing is stored, and the next one has a new connection. */
  commit(appends: readonly Append[]): readonly Answer[] {
    try {
      const { database, table } = (this.#opened ??= this.#open());
      database.exec('BEGIN IMMEDIATE');
      const answers = appends.map((append) => this.#write(table, append));
      database.exec('COMMIT');
      return answers;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** What was not committed is rolled back. */
  close(): void {
    this.#opened?.database.close();
    this.#opened = undefined;
  }

  #open(): Opened {
    const database = connect(this.#file);
    this.#revisions.clear();
    this.#last = Math.max(lastPosition(database), 0);
    return { database, table: new EventTable(database) };
  }

  #write(table: EventTable, append: Append): Answer {
    const { stream, expected, events } = append;
    if (events.length === 0) return { repeated: 0 };
    // Nearly every stream that is expected not to exist does not: the insertion itself finds out.
    const last = expected === 'no-stream' ? -1 : (this.#revisions.get(stream) ?? table.lastRevision(stream));
    if (expected === 'any' && last >= 0) {
      const repeated = table.standing(stream, 'anywhere', events);
      if (repeated !== undefined) return { repeated };
    }
    const [revision, position] = [last + 1, this.#last + 1];
    if ((expected === 'any' || last === revisionOf(expected)) && table.insert(append, revision, position)) {
      this.#revisions.set(stream, last + events.length);
      this.#last += events.length;
      return { position, revision };
    }
    return this.#elsewhere(table, append);
  }

  /** The stream is not where it was expected: because these events are there already, or others. */
  #elsewhere(table: EventTable, { stream, expected, events }: Append): Answer {
    const repeated = expected === 'any' ? undefined : table.standing(stream, revisionOf(expected) + 1, events);
    return repeated === undefined ? { actual: table.lastRevision(stream) } : { repeated };
  }
}

const revisionOf = (expected: number | 'no-stream'): number => (expected === 'no-stream' ? -1 : expected);
