import { Backoff, type Logger } from '../../runtime/index.ts';
import { StoreUnavailable } from '../port.ts';
import { commandErrorOf, isUnavailability } from './errors.ts';

/** Whether the engine answers, as far as the calls have told. While it does not, it is asked again and again until it does. */
export class Health {
  failure: StoreUnavailable | undefined;
  readonly #hosts: string;
  readonly #logger: Logger | undefined;
  readonly #ask: () => Promise<unknown>;
  readonly #closing = new AbortController();
  #nudge: () => void = () => undefined;
  #subscribed = false;

  constructor(hosts: string, logger: Logger | undefined, ask: () => Promise<unknown>) {
    this.#hosts = hosts;
    this.#logger = logger;
    this.#ask = ask;
  }

  /** What to tell the caller whose call ended so; an engine that is away is noted. */
  told(error: unknown): Error {
    const known = commandErrorOf(error);
    if (!isUnavailability(known)) return known;
    const unavailable = this.unavailable(known);
    this.#note(unavailable);
    return unavailable;
  }

  unavailable(cause: Error): StoreUnavailable {
    return new StoreUnavailable(`EventStoreDB at ${this.#hosts} cannot be reached.`, { cause });
  }

  /** Whether the live subscription is confirmed. */
  set subscribed(subscribed: boolean) {
    this.#subscribed = subscribed;
    if (subscribed) this.#nudge();
  }

  close(): void {
    this.#closing.abort();
  }

  #note(failure: StoreUnavailable): void {
    if (this.#closing.signal.aborted) return;
    const before = this.failure;
    this.failure = failure;
    if (before) return;
    this.#logger?.error({ err: failure }, 'the event store cannot be reached; trying until it can');
    void this.#recover();
  }

  async #recover(): Promise<void> {
    const { signal } = this.#closing;
    const backoff = new Backoff();
    while (!signal.aborted) {
      const { promise: nudged, resolve } = Promise.withResolvers<void>();
      this.#nudge = resolve;
      await Promise.race([nudged, backoff.wait(signal).catch(() => undefined)]);
      const answered = await this.#ask().then(
        () => true,
        () => false,
      );
      if (signal.aborted || !answered || !this.#subscribed) continue;
      this.failure = undefined;
      this.#logger?.info({ eventStore: this.#hosts }, 'the event store can be reached again');
      return;
    }
  }
}
