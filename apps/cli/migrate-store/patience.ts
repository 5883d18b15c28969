import { StoreUnavailable } from '../../../libs/platform/event-store/index.ts';
import { Backoff } from '../../../libs/platform/runtime/index.ts';
import type { Readable } from './events-of.ts';

/** With the pauses between them, about a quarter of a minute. */
const TRIES = 10;

/** Waits after a failure, longer each time, and gives up when there are too many in a row. */
export class Patience {
  readonly #backoff = new Backoff();
  #failures = 0;

  constructor(readonly stopping: AbortSignal) {}

  /** @throws the error when it is one too many; the reason of a stop. */
  async failed(error: unknown): Promise<void> {
    if (++this.#failures >= TRIES) throw error;
    await this.#backoff.wait(this.stopping).catch(() => undefined);
    this.stopping.throwIfAborted();
  }

  progressed(): void {
    this.#failures = 0;
    this.#backoff.reset();
  }
}

/** Repeats work that is safe to repeat while the store is away, within reason. */
export async function patiently<T>(work: () => Promise<T>, stopping: AbortSignal): Promise<T> {
  const patience = new Patience(stopping);
  for (;;) {
    stopping.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      await patience.failed(error);
    }
  }
}

export const readPatiently = (store: Readable, stopping: AbortSignal): Readable => ({
  head: () => patiently(() => store.head(), stopping),
  readAll: (options) => patiently(() => store.readAll(options), stopping),
  readStream: (stream, options) => patiently(() => store.readStream(stream, options), stopping),
});
