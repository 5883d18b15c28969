import type { Chain } from './chain.ts';

const KEPT_ASIDE_MS = 60_000;

/** Chains that were too slow lately, or ended their thread. */
export class Suspects {
  readonly #since = new WeakMap<Chain, number>();

  constructor(private readonly now: () => number) {}

  /** Whether it is to be tried where it is in nobody's way. */
  isSuspect(chain: Chain): boolean {
    const since = this.#since.get(chain);
    return since !== undefined && this.now() - since < KEPT_ASIDE_MS;
  }

  add(chain: Chain): void {
    this.#since.set(chain, this.now());
  }
}
