import type { Clock, Instant } from '../../../platform/kernel/index.ts';

/** One timer, at the earliest of the instants it is told of. */
export class Wake {
  #at: Instant | null = null;
  #cancel: () => void = () => undefined;

  at(clock: Clock, at: Instant, wake: () => void): void {
    if (this.#at !== null && this.#at <= at) return;
    this.#cancel();
    this.#at = at;
    this.#cancel = clock.at(at, () => {
      this.#at = null;
      wake();
    });
  }

  cancel(): void {
    this.#cancel();
    this.#at = null;
  }
}
