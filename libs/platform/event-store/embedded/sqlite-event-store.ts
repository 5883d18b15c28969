import type { DatabaseSync } from 'node:sqlite';
import type { Position, Recorded } from '../../kernel/index.ts';
import {
  StoreUnavailable,
  WrongExpectedRevision,
  type AppendRequest,
  type Batch,
  type EventStore,
  type Feed,
} from '../port.ts';
import { openDatabase } from './database.ts';
import { EventTable, type NewRow } from './event-table.ts';
import { Tail } from './tail.ts';

type Waiting = {
  readonly request: AppendRequest;
  readonly rows: readonly NewRow[];
  readonly resolve: (recorded: readonly Recorded[]) => void;
  readonly reject: (error: Error) => void;
};
type Outcome = { readonly recorded: readonly Recorded[] } | { readonly refused: Error };

/** Appends of one commit; more wait for the next, so that one commit never holds the process up for long. */
const COMMIT_SIZE = 1_000;
/** How many events one step of a catch-up looks at before others get their turn. */
const SCAN = 10_000;

/** One SQLite file. Appends that arrive while a commit runs share the next one; each is answered after its commit. */
export class SqliteEventStore implements EventStore {
  readonly #database: DatabaseSync;
  readonly #table: EventTable;
  readonly #tail = new Tail();
  readonly #waiters = new Set<() => void>();
  #queue: Waiting[] = [];
  #flushing = false;
  #head: Position;
  #closed = false;
  /** Commits made since the file was opened. */
  commits = 0;

  constructor(file: string) {
    this.#database = openDatabase(file);
    this.#table = new EventTable(this.#database);
    this.#head = this.#table.lastPosition();
    this.#tail.restart(this.#head);
  }

  append(request: AppendRequest): Promise<readonly Recorded[]> {
    if (this.#closed) return Promise.reject(new StoreUnavailable('The event store is closed.'));
    const metadata = JSON.stringify(request.metadata);
    const rows = request.events.map((event) => ({ event, data: JSON.stringify(event.data), metadata }));
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, rows, resolve, reject });
      this.#schedule();
    });
  }

  async readStream(stream: string, options: { from?: number; limit?: number } = {}): Promise<readonly Recorded[]> {
    return this.#table.readStream(stream, options.from ?? 0, options.limit ?? -1);
  }

  async readAll(options: { after: Position; categories?: readonly string[]; limit: number }): Promise<Batch> {
    return this.#read(options);
  }

  async head(): Promise<Position> {
    return this.#head;
  }

  follow(options: { after: Position; categories?: readonly string[]; batch?: number }): Feed {
    let after = options.after;
    let closed = false;
    let wake: () => void = () => undefined;
    const next = async (): Promise<Batch | undefined> => {
      for (;;) {
        if (closed || this.#closed) return undefined;
        if (after < this.#head) {
          const batch = this.#read({ ...options, after, limit: options.batch ?? 500 });
          after = batch.position;
          return batch;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
          this.#waiters.add(resolve);
        });
        this.#waiters.delete(wake);
      }
    };
    const close = () => {
      closed = true;
      wake();
    };
    return { next, close };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    while (this.#queue.length > 0) this.#commit();
    this.#closed = true;
    this.#wakeAll();
    this.#database.close();
  }

  #read({ after, categories, limit }: { after: Position; categories?: readonly string[]; limit: number }): Batch {
    const recent = this.#tail.after(after, categories, limit);
    if (recent) return recent;
    const upTo = Math.min(this.#head, Math.max(after, 0) + SCAN);
    const events = this.#table.readAll(after, upTo, categories, limit);
    const last = events.at(-1);
    return { events, position: last && events.length === limit ? last.position : upTo };
  }

  #schedule(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    setImmediate(() => {
      this.#flushing = false;
      if (this.#closed) return;
      this.#commit();
      if (this.#queue.length > 0) this.#schedule();
    });
  }

  /** A refused append fails alone; a failed commit fails all of its appends, and none of them is stored. */
  #commit(): void {
    const group = this.#queue.splice(0, COMMIT_SIZE);
    const outcomes: Outcome[] = [];
    let head = this.#head;
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      for (const waiting of group) {
        const outcome = this.#write(waiting, head);
        if ('recorded' in outcome) head = Math.max(head, outcome.recorded.at(-1)?.position ?? head);
        outcomes.push(outcome);
      }
      this.#database.exec('COMMIT');
      this.commits++;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      for (const { reject } of group) reject(new StoreUnavailable('The event store cannot write.', { cause: error }));
      return;
    }
    outcomes.forEach((outcome, index) => this.#settle(group[index], outcome));
    if (head > this.#head) {
      this.#head = head;
      this.#wakeAll();
    }
  }

  #write({ request, rows }: Waiting, head: Position): Outcome {
    const { stream, expected, metadata } = request;
    const actual = this.#table.lastRevision(stream);
    const wanted = expected === 'no-stream' ? -1 : expected;
    if (wanted !== actual) {
      const repeated = this.#table.sameEvents(stream, wanted === 'any' ? 'anywhere' : wanted + 1, rows);
      if (repeated) return { recorded: repeated };
      if (wanted !== 'any') {
        return { refused: new WrongExpectedRevision(stream, expected, actual < 0 ? 'no-stream' : actual) };
      }
    }
    return { recorded: this.#table.insert(stream, actual + 1, Math.max(head, 0) + 1, rows, metadata) };
  }

  #settle(waiting: Waiting | undefined, outcome: Outcome): void {
    if ('refused' in outcome) return waiting?.reject(outcome.refused);
    const isNew = (outcome.recorded[0]?.position ?? 0) > this.#tail.last;
    if (isNew && waiting)
      outcome.recorded.forEach((event, i) => this.#tail.push(event, waiting.rows[i]?.data.length ?? 0));
    waiting?.resolve(outcome.recorded);
  }

  #wakeAll(): void {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const wake of waiters) wake();
  }
}
