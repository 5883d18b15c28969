/** A timer rings up to this late; what is later was held up by something else. In microseconds. */
const TIMER_MICROS = 2_000;

/** Microseconds by a clock that all processes of this machine share. */
export const nowMicros = (): number => Number(process.hrtime.bigint() / 1_000n);

/** Arrivals at a constant rate, whatever becomes of those before: instants are microseconds. */
export class OpenLoop {
  #next = 0;

  constructor(
    private readonly startsAt: number,
    private readonly perSecond: number,
    readonly count: number,
  ) {}

  get done(): boolean {
    return this.#next >= this.count;
  }

  /** When the next arrival is meant to be. */
  get nextAt(): number {
    return this.#at(this.#next);
  }

  /** The arrivals that have become due, each with the instant its latency is to be measured from. */
  take(now: number): { readonly index: number; readonly stamp: number }[] {
    const due: { index: number; stamp: number }[] = [];
    for (; !this.done && this.nextAt <= now; this.#next++) {
      due.push({ index: this.#next, stamp: stampOf(this.nextAt, now) });
    }
    return due;
  }

  #at(index: number): number {
    return this.startsAt + Math.floor((index * 1_000_000) / this.perSecond);
  }
}

/** What a timer adds is not the system's; a longer delay is, so that a publisher that was held up hides nothing. */
export const stampOf = (intended: number, now: number): number => (now - intended <= TIMER_MICROS ? now : intended);
