type Timers = { readonly after: (ms: number, run: () => void) => void; readonly now: () => number };

const real: Timers = { after: (ms, run) => void setTimeout(run, ms), now: () => performance.now() };

/** Collects, and gives on at most once in `everyMs`: the first at once, what follows together. */
export class Batch<T> {
  #waiting: T[] = [];
  #lastAt = -Infinity;
  #isAsked = false;

  constructor(
    private readonly everyMs: number,
    private readonly give: (items: readonly T[]) => void,
    private readonly timers: Timers = real,
  ) {}

  add(item: T): void {
    this.#waiting.push(item);
    if (this.#isAsked) return;
    this.#isAsked = true;
    const wait = Math.max(0, this.#lastAt + this.everyMs - this.timers.now());
    this.timers.after(wait, () => this.#flush());
  }

  #flush(): void {
    this.#isAsked = false;
    this.#lastAt = this.timers.now();
    this.give(this.#waiting.splice(0));
  }
}
