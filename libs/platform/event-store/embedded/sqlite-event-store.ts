import type { DatabaseSync } from 'node:sqlite';
import { categoryOfStream, type Position, type Recorded } from '../../kernel/index.ts';
import {
  StoreUnavailable,
  WrongExpectedRevision,
  type AppendRequest,
  type Batch,
  type EventStore,
  type Feed,
} from '../port.ts';
import { Tail } from '../tail.ts';
import { CommitQueue, type Waiting } from './commit-queue.ts';
import { lastPosition, openDatabase } from './database.ts';
import { EventReader } from './event-reader.ts';
import { InlineWriter } from './inline-writer.ts';
import { startWriterThread, ThreadedWriter } from './threaded-writer.ts';
import { WriterEnded, type Answer, type Writer } from './writer.ts';

export type SqliteEventStoreOptions = {
  /** `thread` takes the waiting for the disk off the caller's thread; `inline`, the default, costs no thread to start. */
  readonly writer?: 'thread' | 'inline' | Writer;
};

/** How many events one step of a catch-up looks at before others get their turn. */
const SCAN = 10_000;

/** One SQLite file. Appends that arrive while a commit runs share the next one; each is answered after its commit. */
export class SqliteEventStore implements EventStore {
  readonly stride = 1;
  readonly failure = undefined;
  /** Reads only. It may see a commit that is not answered yet, which is as durable as one that is. */
  readonly #database: DatabaseSync;
  readonly #reader: EventReader;
  readonly #writer: Writer;
  readonly #queue: CommitQueue;
  readonly #tail = new Tail();
  readonly #waiters = new Set<() => void>();
  #head: Position;
  #closing: Promise<void> | undefined;
  #closed = false;

  constructor(file: string, { writer = 'inline' }: SqliteEventStoreOptions = {}) {
    this.#database = openDatabase(file);
    this.#reader = new EventReader(this.#database);
    this.#head = lastPosition(this.#database);
    this.#tail.restart(this.#head);
    this.#writer = writerOf(writer, file);
    this.#queue = new CommitQueue(this.#writer, {
      committed: (group, answers) => this.#answer(group, answers),
      failed: (waiting, error) => this.#refuse(waiting, error),
    });
  }

  get waiting(): number {
    return this.#queue.waiting;
  }

  /** Made since the file was opened. */
  get commits(): number {
    return this.#queue.commits;
  }

  append(request: AppendRequest): Promise<readonly Recorded[]> {
    if (this.#closing) return Promise.reject(new StoreUnavailable('The event store is closed.'));
    const { stream, expected } = request;
    const metadata = JSON.stringify(request.metadata);
    const events = request.events.map(({ type, id, data }) => ({ type, id, data: JSON.stringify(data) }));
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, append: { stream, expected, metadata, events }, resolve, reject });
    });
  }

  async readStream(stream: string, options: { from?: number; limit?: number } = {}): Promise<readonly Recorded[]> {
    return this.#reader.readStream(stream, options.from ?? 0, options.limit ?? -1);
  }

  async readAll(options: { after: Position; categories?: readonly string[]; limit: number }): Promise<Batch> {
    return this.#read(options);
  }

  async head(): Promise<Position> {
    return this.#head;
  }

  async end(): Promise<Position> {
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

  /** After what waits. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#queue.drained();
    this.#closed = true;
    this.#wakeAll();
    await this.#writer.close();
    this.#database.close();
  }

  #read({ after, categories, limit }: { after: Position; categories?: readonly string[]; limit: number }): Batch {
    const recent = this.#tail.after(after, categories, limit);
    if (recent) return recent;
    const upTo = Math.min(this.#head, Math.max(after, 0) + SCAN);
    const events = this.#reader.readAll(after, upTo, categories, limit);
    const last = events.at(-1);
    return { events, position: last && events.length === limit ? last.position : upTo };
  }

  #answer(group: readonly Waiting[], answers: readonly Answer[]): void {
    group.forEach((waiting, index) => {
      const answer = answers[index];
      if (answer) this.#settle(waiting, answer);
    });
    this.#moveTo(this.#tail.last);
  }

  #settle({ request, append, resolve, reject }: Waiting, answer: Answer): void {
    const { stream, expected, events } = request;
    if ('actual' in answer) {
      return reject(new WrongExpectedRevision(stream, expected, answer.actual < 0 ? 'no-stream' : answer.actual));
    }
    if ('repeated' in answer) {
      try {
        return resolve(this.#reader.readStream(stream, answer.repeated, events.length));
      } catch (cause) {
        return reject(new StoreUnavailable('The event store cannot read.', { cause }));
      }
    }
    const recorded = recordedOf(request, answer);
    recorded.forEach((event, index) => {
      this.#tail.push(event, append.events[index]?.data.length ?? 0, event.position - 1);
    });
    resolve(recorded);
  }

  #refuse(waiting: readonly Waiting[], cause: unknown): void {
    this.#catchUp();
    const message =
      cause instanceof WriterEnded
        ? 'The event store stopped while it wrote: whether this is written is not known, and it is safe to repeat.'
        : 'The event store cannot write.';
    const unavailable = new StoreUnavailable(message, { cause });
    for (const { reject } of waiting) reject(unavailable);
  }

  /** A writer that has ended may have committed what it did not answer. */
  #catchUp(): void {
    try {
      const head = lastPosition(this.#database);
      if (head <= this.#head) return;
      this.#tail.restart(head);
      this.#moveTo(head);
    } catch {
      // What cannot be read now is found when the next commit is answered.
    }
  }

  #moveTo(head: Position): void {
    if (head === this.#head) return;
    this.#head = head;
    this.#wakeAll();
  }

  #wakeAll(): void {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const wake of waiters) wake();
  }
}

function writerOf(writer: 'thread' | 'inline' | Writer, file: string): Writer {
  if (writer === 'thread') return new ThreadedWriter(() => startWriterThread(file));
  return writer === 'inline' ? new InlineWriter(file) : writer;
}

function recordedOf({ stream, events, metadata }: AppendRequest, first: { position: Position; revision: number }) {
  const category = categoryOfStream(stream);
  return events.map(({ type, data, id }, index): Recorded => {
    const [revision, position] = [first.revision + index, first.position + index];
    return { type, data, id, stream, category, revision, position, metadata };
  });
}
