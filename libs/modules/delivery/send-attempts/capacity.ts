/** Attempts in flight in all. */
export const MOST_IN_FLIGHT = 1_024;
/** Of these, retries, redeliveries and whatever goes to receivers in trouble: the rest is kept for first attempts. */
const MOST_DOUBTFUL = MOST_IN_FLIGHT / 2;

/** The fuller it is, the less an origin may add, so that many webhooks of one slow receiver leave room for others. */
const mostOfOrigin = (inFlight: number): number => {
  if (inFlight < 512) return 256;
  if (inFlight < 768) return 64;
  return inFlight < 896 ? 16 : 4;
};

/** Room for attempts. Whoever does not fit waits in line for its turn. */
export class Capacity<Waiter> {
  inFlight = 0;
  #doubtful = 0;
  readonly #ofOrigin = new Map<string, number>();
  readonly #waitingForOrigin = new Map<string, Set<Waiter>>();
  readonly #waitingDoubtful = new Set<Waiter>();

  get isFull(): boolean {
    return this.inFlight >= MOST_IN_FLIGHT;
  }

  /** False puts the waiter in line. */
  admits(origin: string, doubtful: boolean, waiter: Waiter): boolean {
    if (!this.#hasRoomFor(origin)) {
      const line = this.#waitingForOrigin.get(origin) ?? new Set();
      this.#waitingForOrigin.set(origin, line.add(waiter));
      return false;
    }
    if (!doubtful || this.#doubtful < MOST_DOUBTFUL) return true;
    this.#waitingDoubtful.add(waiter);
    return false;
  }

  take(origin: string, doubtful: boolean): void {
    this.inFlight++;
    if (doubtful) this.#doubtful++;
    this.#ofOrigin.set(origin, (this.#ofOrigin.get(origin) ?? 0) + 1);
  }

  release(origin: string, doubtful: boolean): void {
    this.inFlight--;
    if (doubtful) this.#doubtful--;
    const left = (this.#ofOrigin.get(origin) ?? 1) - 1;
    if (left > 0) this.#ofOrigin.set(origin, left);
    else this.#ofOrigin.delete(origin);
  }

  /** The first of each line that there is room for now; when they have been served, there may be room for those behind them. */
  next(origin: string): Waiter[] {
    const line = this.#waitingForOrigin.get(origin);
    const next = [
      ...(this.#hasRoomFor(origin) ? firstOf(line) : []),
      ...(this.#doubtful < MOST_DOUBTFUL ? firstOf(this.#waitingDoubtful) : []),
    ];
    if (line?.size === 0) this.#waitingForOrigin.delete(origin);
    return next;
  }

  #hasRoomFor(origin: string): boolean {
    return (this.#ofOrigin.get(origin) ?? 0) < mostOfOrigin(this.inFlight);
  }
}

function firstOf<T>(line: Set<T> | undefined): T[] {
  for (const first of line ?? []) {
    line?.delete(first);
    return [first];
  }
  return [];
}
