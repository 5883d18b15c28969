import type { DomainEvent, EventMetadata, Position, Recorded } from '../kernel/index.ts';

/** A revision the stream must be at, that it must not exist yet, or that anything will do. */
export type ExpectedRevision = number | 'no-stream' | 'any';

export type NewEvent = DomainEvent & {
  /** UUID. Appending the same ids again under the same expectation succeeds and writes nothing. */
  readonly id: string;
};

export type AppendRequest = {
  /** `<category>-<id>`; the category has no hyphen. */
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
  readonly metadata: EventMetadata;
};

export type Batch = {
  /** In `$all` order, only of the asked categories. */
  readonly events: readonly Recorded[];
  /** Everything up to here has been looked at, whether it matched or not. */
  readonly position: Position;
};

/** One reader of `$all`: history first, then live, without a gap or a double. */
export type Feed = {
  /** The next batch; waits while there is nothing new. `undefined` once closed. */
  readonly next: () => Promise<Batch | undefined>;
  readonly close: () => void;
};

export interface EventStore {
  /** Appends that were called and are not answered yet. */
  readonly waiting: number;
  /** About how far apart the positions of neighbouring events are: 1 where they are counted, more where they are places in a log. */
  readonly stride: number;
  /** What keeps it from being read or written at this moment, as far as it has noticed. It goes on trying by itself. */
  readonly failure: Error | undefined;
  /**
   * Appends all events or none, and answers only when they are durable. Concurrent appends may share one commit, yet each
   * succeeds or fails alone. Calls made in order on one store object are committed in that order.
   * @throws {WrongExpectedRevision} when the stream is elsewhere; nothing was written.
   * @throws {StoreUnavailable} when the store cannot write now; nothing was written, or (an engine that vanished) it is unknown,
   *   and repeating the append with the same ids is safe.
   */
  append(request: AppendRequest): Promise<readonly Recorded[]>;
  /** In order of revision, from `from` on. An unknown stream is empty. */
  readStream(stream: string, options?: { from?: number; limit?: number }): Promise<readonly Recorded[]>;
  /** Up to `limit` events of these categories (all when absent) after a position. */
  readAll(options: { after: Position; categories?: readonly string[]; limit: number }): Promise<Batch>;
  /** The position of the newest event, START when there is none. */
  head(): Promise<Position>;
  /**
   * No position that was ever given out is beyond this one. It may be beyond the head, where followers move over what is not ours; a
   * checkpoint beyond it is of another history.
   */
  end(): Promise<Position>;
  follow(options: { after: Position; categories?: readonly string[]; batch?: number }): Feed;
  close(): Promise<void>;
}

export const EVENT_STORE = Symbol('EventStore');

export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: number | 'no-stream',
  ) {
    super(`${stream}: expected revision ${expected}, found ${actual}`);
  }
}

export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}
