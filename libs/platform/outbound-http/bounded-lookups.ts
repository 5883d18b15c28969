import { performance } from 'node:perf_hooks';
import type { Resolve, ResolvedAddress } from './name-cache.ts';

const DEFAULT_BOUNDS = { running: 2, unproven: 1, waiting: 1_000, remembered: 5_000, slowMs: 1_000 };

type Waiting = {
  readonly hostname: string;
  readonly resolve: (addresses: readonly ResolvedAddress[]) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Look-ups of the kind that holds a thread, which a dead name does for many seconds. libuv has four threads, for files and
 * cryptography as well; so two look-ups run at once, and only one of a name that has not been answered quickly before. Of the
 * names that wait, quick ones are asked first, then new ones, then slow ones.
 */
export class BoundedLookups {
  readonly #waiting = { quick: [] as Waiting[], new: [] as Waiting[], slow: [] as Waiting[] };
  /** Whether a name was slow last time, least recently asked first. */
  readonly #slow = new Map<string, boolean>();
  #running = 0;
  #unproven = 0;

  constructor(
    private readonly resolve: Resolve,
    private readonly bounds = DEFAULT_BOUNDS,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Rejects with code `EAI_AGAIN` at once when too many are waiting. */
  lookUp(hostname: string): Promise<readonly ResolvedAddress[]> {
    const { quick, new: fresh, slow } = this.#waiting;
    const wasSlow = this.#slow.get(hostname);
    const queue = wasSlow === undefined ? fresh : wasSlow ? slow : quick;
    if (queue.length >= this.bounds.waiting) {
      return Promise.reject(Object.assign(new Error('Too many look-ups are waiting.'), { code: 'EAI_AGAIN' }));
    }
    return new Promise((resolve, reject) => {
      queue.push({ hostname, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    while (this.#running < this.bounds.running) {
      const quick = this.#waiting.quick.shift();
      if (quick !== undefined) {
        void this.#run(quick, true);
        continue;
      }
      if (this.#unproven >= this.bounds.unproven) return;
      const other = this.#waiting.new.shift() ?? this.#waiting.slow.shift();
      if (other === undefined) return;
      void this.#run(other, false);
    }
  }

  async #run({ hostname, resolve, reject }: Waiting, proven: boolean): Promise<void> {
    const startedAt = this.now();
    this.#running += 1;
    if (!proven) this.#unproven += 1;
    try {
      resolve(await this.resolve(hostname));
    } catch (error) {
      reject(error);
    } finally {
      this.#running -= 1;
      if (!proven) this.#unproven -= 1;
      this.#remember(hostname, this.now() - startedAt >= this.bounds.slowMs);
      this.#next();
    }
  }

  #remember(hostname: string, slow: boolean): void {
    this.#slow.delete(hostname);
    const [oldest] = this.#slow.keys();
    if (this.#slow.size >= this.bounds.remembered && oldest !== undefined) this.#slow.delete(oldest);
    this.#slow.set(hostname, slow);
  }
}
