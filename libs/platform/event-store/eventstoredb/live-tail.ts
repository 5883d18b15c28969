import { Backoff } from '../../runtime/index.ts';
import type { Position } from '../../kernel/index.ts';
import { Tail } from '../tail.ts';
import type { Connection } from './connection.ts';
import { commandErrorOf, isTooSlow, Silence } from './errors.ts';
import type { Health } from './health.ts';
import { PATIENCE_MS } from './incoming.ts';
import { Subscription, type Told } from './subscription.ts';

/** The one live subscription of a store, which all who follow share: an event crosses the network and is parsed once. */
export class LiveTail {
  readonly tail = new Tail();
  readonly #connection: Connection;
  readonly #prefix: string;
  readonly #health: Health;
  readonly #waiters = new Set<() => void>();
  readonly #closing = new AbortController();
  #subscription: Subscription | undefined;
  #confirmed = false;
  #waking: NodeJS.Immediate | undefined;
  /** Of our newest event, as far as it came here. */
  newest: Position | undefined;

  constructor(connection: Connection, prefix: string, health: Health) {
    this.#connection = connection;
    this.#prefix = prefix;
    this.#health = health;
  }

  start(after: Position): void {
    this.tail.restart(after);
    void this.#run();
  }

  /** Resolves when the tail has moved. */
  moved(): { readonly promise: Promise<void>; readonly cancel: () => void } {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiters.add(resolve);
    const cancel = () => {
      this.#waiters.delete(resolve);
      resolve();
    };
    return { promise, cancel };
  }

  close(): void {
    this.#closing.abort();
    this.#subscription?.close();
    this.#wake();
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    const backoff = new Backoff();
    while (!signal.aborted) {
      const began = this.tail.last;
      let behind = false;
      try {
        await this.#follow();
      } catch (error) {
        if (signal.aborted) return;
        behind = isTooSlow(commandErrorOf(error));
        if (!behind) this.#health.told(error);
      } finally {
        this.#subscription?.close();
        this.#health.subscribed = this.#confirmed = false;
      }
      if (this.tail.last > began) backoff.reset();
      if (behind && this.tail.last > began) continue;
      await backoff.wait(signal).catch(() => undefined);
    }
  }

  async #follow(): Promise<void> {
    const asked = { after: this.tail.last, prefix: this.#prefix, categories: undefined };
    const subscription = (this.#subscription = new Subscription(this.#connection, asked));
    for (;;) {
      const told = subscription.take();
      if (told) this.#take(told);
      else {
        const arrival = await subscription.arrival(this.#confirmed ? Infinity : PATIENCE_MS);
        if (arrival === 'late' && !this.#confirmed) throw new Silence(PATIENCE_MS / 1_000);
        if (arrival === 'ended') throw new Error('The event store ended the subscription.');
      }
    }
  }

  #take(told: Told): void {
    if (told === 'confirmed') this.#health.subscribed = this.#confirmed = true;
    else if (told !== 'caught up' && told.position > this.tail.last) {
      if (told.ours) {
        this.tail.push(told.ours.event, told.ours.size);
        this.newest = told.position;
      } else this.tail.moveTo(told.position);
      // Who waits is woken once for all that arrives in this turn.
      this.#waking ??= setImmediate(() => this.#wake());
    }
  }

  #wake(): void {
    clearImmediate(this.#waking);
    this.#waking = undefined;
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const wake of waiters) wake();
  }
}
