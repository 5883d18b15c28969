import type { Position } from '../../kernel/index.ts';
import { Backoff } from '../../runtime/index.ts';
import { StoreUnavailable, type Batch, type Feed } from '../port.ts';
import type { Connection } from './connection.ts';
import { commandErrorOf, isTooSlow } from './errors.ts';
import type { Health } from './health.ts';
import { FILLING_MS, History } from './history.ts';
import type { LiveTail } from './live-tail.ts';

export type FeedParts = {
  readonly connection: Connection;
  readonly prefix: string;
  readonly live: LiveTail;
  readonly health: Health;
};
type Options = { readonly after: Position; readonly categories?: readonly string[]; readonly batch?: number };

/** Serves from the tail what the tail has, and from a subscription of its own what is older. An engine that is away is waited for. */
export class TailFeed implements Feed {
  readonly #parts: FeedParts;
  readonly #options: Options;
  readonly #limit: number;
  readonly #closing = new AbortController();
  readonly #backoff = new Backoff();
  #after: Position;
  #history: History | undefined;
  #stopWaiting: () => void = () => undefined;

  constructor(parts: FeedParts, options: Options) {
    this.#parts = parts;
    this.#options = options;
    this.#limit = options.batch ?? 500;
    this.#after = options.after;
  }

  readonly next = async (): Promise<Batch | undefined> => {
    while (!this.#closing.signal.aborted) {
      const batch = this.#recent() ?? (await this.#older());
      if (!batch || this.#closing.signal.aborted) continue;
      if (batch.position > this.#after) {
        this.#after = batch.position;
        return batch;
      }
      const { promise, cancel } = this.#parts.live.moved();
      this.#stopWaiting = cancel;
      await promise;
    }
    return undefined;
  };

  readonly close = (): void => {
    this.#closing.abort();
    this.#history?.close();
    this.#stopWaiting();
  };

  #recent(): Batch | undefined {
    const recent = this.#parts.live.tail.after(this.#after, this.#options.categories, this.#limit);
    if (!recent) return undefined;
    this.#history?.close();
    this.#history = undefined;
    return recent;
  }

  async #older(): Promise<Batch | undefined> {
    const { connection, prefix, live, health } = this.#parts;
    const { categories } = this.#options;
    try {
      this.#history ??= new History(connection, { after: this.#after, prefix, categories }, live.tail.last);
      const batch = await this.#history.next(this.#limit, FILLING_MS);
      this.#backoff.reset();
      return batch;
    } catch (error) {
      this.#history?.close();
      this.#history = undefined;
      if (!isTooSlow(commandErrorOf(error))) {
        const told = health.told(error);
        if (!(told instanceof StoreUnavailable)) throw told;
      }
      await this.#backoff.wait(this.#closing.signal).catch(() => undefined);
      return undefined;
    }
  }
}
