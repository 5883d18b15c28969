import { START, type Position, type Recorded } from '../../kernel/index.ts';
import type { Logger } from '../../runtime/index.ts';
import { StoreUnavailable, type AppendRequest, type Batch, type EventStore, type Feed } from '../port.ts';
import { Appender } from './appender.ts';
import { Appends } from './appends.ts';
import { Connection, hostsOf } from './connection.ts';
import { TailFeed, type FeedParts } from './feed.ts';
import { Health } from './health.ts';
import { History } from './history.ts';
import { LiveTail } from './live-tail.ts';
import { Reader } from './reader.ts';

export type EventStoreDbOptions = {
  /** A connection string, such as `esdb://127.0.0.1:2113?tls=false`. */
  readonly url: string;
  /** Every stream of ours begins with it on the server, and none is seen that does not. */
  readonly prefix: string;
  readonly logger?: Logger;
};

type Parts = FeedParts & { readonly reader: Reader; readonly appender: Appender };

/**
 * @throws {StoreUnavailable} when the server cannot be reached now.
 * @throws {TypeError} when the URL is none of EventStoreDB.
 */
export async function openEventStoreDb({ url, prefix, logger }: EventStoreDbOptions): Promise<EventStoreDb> {
  const connection = Connection.to(url);
  const reader = new Reader(connection, prefix);
  const health = new Health(hostsOf(url), logger, () => reader.end());
  const live = new LiveTail(connection, prefix, health);
  try {
    live.start(await reader.end());
  } catch (error) {
    health.close();
    await connection.end();
    throw health.told(error);
  }
  return new EventStoreDb({ connection, prefix, health, live, reader, appender: new Appender(connection) });
}

/** EventStoreDB, or KurrentDB. A position is the place of an event in the log of the server. */
export class EventStoreDb implements EventStore {
  /** Bytes, of an event of the usual size. */
  readonly stride = 400;
  readonly #parts: Parts;
  readonly #appends: Appends;
  readonly #underway = new Set<Promise<unknown>>();
  readonly #feeds = new Set<TailFeed>();
  #closing: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#appends = new Appends(parts.appender, parts.reader, parts.live, parts.prefix);
  }

  get waiting(): number {
    return this.#underway.size;
  }

  get failure(): Error | undefined {
    return this.#parts.health.failure;
  }

  append(request: AppendRequest): Promise<readonly Recorded[]> {
    if (this.#closing) return Promise.reject(closed());
    const answer = this.#asked(this.#appends.append(request));
    this.#underway.add(answer);
    const over = () => this.#underway.delete(answer);
    answer.then(over, over);
    return answer;
  }

  async readStream(stream: string, options: { from?: number; limit?: number } = {}): Promise<readonly Recorded[]> {
    const { from = 0, limit } = options;
    const beginning = from === 0 && limit === 1 ? this.#parts.live.tail.beginningOf(stream) : undefined;
    if (beginning) return [beginning];
    return limit === 0 ? [] : this.#asked(this.#parts.reader.stream(stream, from, limit));
  }

  async readAll(options: { after: Position; categories?: readonly string[]; limit: number }): Promise<Batch> {
    const { after, categories, limit } = options;
    const { connection, prefix } = this.#parts;
    const head = await this.head();
    if (after >= head) return { events: [], position: after };
    const history = new History(connection, { after, prefix, categories }, head);
    const batch = await this.#asked(history.next(limit, Infinity)).finally(() => history.close());
    return batch ?? { events: [], position: after };
  }

  head(): Promise<Position> {
    return this.#asked(this.#head());
  }

  end(): Promise<Position> {
    return this.#asked(this.#parts.reader.end());
  }

  follow(options: { after: Position; categories?: readonly string[]; batch?: number }): Feed {
    const feed = new TailFeed(this.#parts, options);
    if (this.#closing) feed.close();
    this.#feeds.add(feed);
    const close = () => {
      this.#feeds.delete(feed);
      feed.close();
    };
    return { next: feed.next, close };
  }

  /** After what waits. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { health, live, appender, connection } = this.#parts;
    await Promise.allSettled(this.#underway);
    health.close();
    for (const feed of this.#feeds) feed.close();
    live.close();
    appender.close();
    await connection.end();
  }

  /** Looks from where the tail is, so that it does not matter how busy others are. */
  async #head(): Promise<Position> {
    const { live, reader } = this.#parts;
    const newer = await reader.newestAfter(live.tail.last);
    if (newer !== undefined) return newer;
    if (live.newest === undefined) {
      const found = await reader.newest();
      live.newest = Math.max(found, live.newest ?? START);
    }
    return live.newest;
  }

  async #asked<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      throw this.#parts.health.told(error);
    }
  }
}

const closed = () => new StoreUnavailable('The event store is closed.');
