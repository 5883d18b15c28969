import { MOST_MILLISECONDS } from './chain.ts';
import { MOST_CHARACTERS, MOST_ITEMS, TooLarge } from './confinement.ts';

export class OutOfTime extends Error {}

/** Reading the clock each time would take longer than what is timed. */
const VALUES_PER_LOOK = 16;

/** Asking the system what the thread has used costs as much as a small step: what was used before this one began may count so much. */
const MOST_UNCOUNTED_MS = 1;

/** Microseconds that this thread has had. */
type ProcessorTime = (since?: NodeJS.CpuUsage) => NodeJS.CpuUsage;

/** What one evaluation at a time may take. What it leaves running when it fails ends at its next value. */
export class Allowance {
  readonly #now: () => number;
  readonly #processorTime: ProcessorTime;
  #startedAt = 0;
  #used: NodeJS.CpuUsage = { user: 0, system: 0 };
  #usedAt = -Infinity;
  #values = 0;
  #isOver = true;

  constructor(now = () => performance.now(), processorTime: ProcessorTime = (since) => process.threadCpuUsage(since)) {
    this.#now = now;
    this.#processorTime = processorTime;
  }

  begin(): void {
    this.#startedAt = this.#now();
    if (this.#startedAt - this.#usedAt >= MOST_UNCOUNTED_MS) {
      this.#used = this.#processorTime();
      this.#usedAt = this.#startedAt;
    }
    this.#values = 0;
    this.#isOver = false;
  }

  end(): void {
    this.#isOver = true;
  }

  /** @throws {OutOfTime | TooLarge} after each value that comes up. */
  check(value: unknown): void {
    if (this.#isOver) throw new OutOfTime();
    if (++this.#values % VALUES_PER_LOOK === 0) this.checkTime();
    if (typeof value === 'string' ? value.length > MOST_CHARACTERS : Array.isArray(value) && value.length > MOST_ITEMS)
      throw new TooLarge('A value became too large');
  }

  /** What others did with the processor meanwhile does not count. */
  checkTime(): void {
    if (this.#now() - this.#startedAt < MOST_MILLISECONDS) return;
    const { user, system } = this.#processorTime(this.#used);
    if (user + system > MOST_MILLISECONDS * 1_000) throw new OutOfTime();
  }
}
