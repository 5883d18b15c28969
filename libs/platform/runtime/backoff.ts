import { setTimeout as delay } from 'node:timers/promises';

const FIRST_MS = 50;
const LONGEST_MS = 5_000;

/** Waits between tries that fail, each twice as long as the one before, up to 5 s of the machine's clock. */
export class Backoff {
  #next = FIRST_MS;

  /** Rejects when it is stopped meanwhile. */
  async wait(stopping: AbortSignal): Promise<void> {
    const pause = this.#next;
    this.#next = Math.min(pause * 2, LONGEST_MS);
    await delay(pause, undefined, { signal: stopping });
  }

  /** A try succeeded. */
  reset(): void {
    this.#next = FIRST_MS;
  }
}
