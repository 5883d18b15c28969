import { failureOf } from './failures.ts';

/** What is under way. Closing waits for it and refuses what comes later. */
export class Calls {
  readonly #running = new Set<Promise<unknown>>();
  #closed = false;

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error('The read model is closed');
    const running = work();
    this.#running.add(running);
    try {
      return await running;
    } catch (error) {
      throw failureOf(error);
    } finally {
      this.#running.delete(running);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#running);
  }
}
