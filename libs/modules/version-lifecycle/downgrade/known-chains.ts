import type { Asked, Chain } from './chain.ts';

const MOST = 200;

/** Which chains the thread has compiled, and under which number. */
export class KnownChains {
  /** The last used comes last. */
  readonly #ids = new Map<Chain, number>();
  #last = 0;

  /** What to tell the thread, so that it knows these chains. Those unused for longest are forgotten when there are too many. */
  refer(chains: readonly Chain[]): Pick<Asked, 'learn' | 'forget' | 'chains'> {
    const learn: [number, string][] = [];
    const ids = chains.map((chain) => {
      const known = this.#ids.get(chain);
      const id = known ?? ++this.#last;
      this.#ids.delete(chain);
      this.#ids.set(chain, id);
      if (known === undefined) learn.push([id, JSON.stringify(chain)]);
      return id;
    });
    return { learn, forget: learn.length > 0 ? this.#forget(new Set(ids)) : [], chains: ids };
  }

  clear(): void {
    this.#ids.clear();
  }

  #forget(needed: ReadonlySet<number>): number[] {
    const forgotten: number[] = [];
    for (const [chain, id] of this.#ids) {
      if (this.#ids.size <= MOST) break;
      if (needed.has(id)) continue;
      this.#ids.delete(chain);
      forgotten.push(id);
    }
    return forgotten;
  }
}
