import type { Chain } from './chain.ts';

const KEPT_ASIDE_MS = 60_000;
const MOST_IN_A_ROW = 3;
const REFUSED_MS = 10_000;

type Record = { inARow: number; at: number };

/** Chains that took too long lately. */
export class Suspects {
  readonly #records = new WeakMap<Chain, Record>();

  constructor(private readonly now: () => number) {}

  /** Whether it is to be tried where it is in nobody's way. */
  isSuspect(chain: Chain): boolean {
    const record = this.#records.get(chain);
    return record !== undefined && this.now() - record.at < KEPT_ASIDE_MS;
  }

  /** Whether it is not to be tried now: from there on once after each pause, until it succeeds. */
  isRefused(chain: Chain): boolean {
    const record = this.#records.get(chain);
    return record !== undefined && record.inARow >= MOST_IN_A_ROW && this.now() - record.at < REFUSED_MS;
  }

  tookTooLong(chain: Chain): void {
    const inARow = this.#records.get(chain)?.inARow ?? 0;
    this.#records.set(chain, { inARow: inARow + 1, at: this.now() });
  }

  succeeded(chain: Chain): void {
    const record = this.#records.get(chain);
    if (record) record.inARow = 0;
  }
}
