import type { Clock, Instant } from '../kernel/index.ts';

/** A clock that stands still until it is moved, forward only. */
export class ManualClock implements Clock {
  #now: Instant;
  readonly #timers = new Set<{ at: Instant; wake: () => void }>();

  constructor(now: Instant) {
    this.#now = now;
  }

  readonly now = (): Instant => this.#now;

  readonly at = (at: Instant, wake: () => void): (() => void) => {
    const timer = { at, wake };
    this.#timers.add(timer);
    if (at <= this.#now) queueMicrotask(() => this.#ring());
    return () => void this.#timers.delete(timer);
  };

  /** The earliest instant anything waits for. */
  nextTimer(): Instant | undefined {
    return this.#timers.size === 0 ? undefined : Math.min(...[...this.#timers].map((timer) => timer.at));
  }

  advanceTo(now: Instant): void {
    if (now < this.#now) throw new RangeError('The clock only moves forward.');
    this.#now = now;
    this.#ring();
  }

  advance(milliseconds: number): void {
    this.advanceTo(this.#now + milliseconds);
  }

  #ring(): void {
    const due = [...this.#timers].filter((timer) => timer.at <= this.#now).sort((a, b) => a.at - b.at);
    for (const timer of due) if (this.#timers.delete(timer)) timer.wake();
  }
}
