import type { Pool } from 'undici';
import { poolOf } from './connection.ts';
import type { Connector } from './connector.ts';

export type PoolBounds = {
  /** Beyond it the pool that was not used for longest is dropped. */
  readonly maxOrigins: number;
  readonly connectionsPerOrigin: number;
  /** A pool is dropped after so long without a request. */
  readonly idleMs: number;
  readonly sweepMs: number;
};

const DEFAULT_BOUNDS: PoolBounds = { maxOrigins: 2_000, connectionsPerOrigin: 256, idleMs: 60_000, sweepMs: 15_000 };

type OriginPool = { readonly pool: Pool; lastUsedAt: number };

/** A bounded number of pools, one an origin, each of a bounded number of connections. A pool that is dropped finishes what it has. */
export class OriginPools {
  readonly #pools = new Map<string, OriginPool>();
  readonly #closing = new Set<Promise<void>>();
  readonly #bounds: PoolBounds;
  readonly #sweep: NodeJS.Timeout;

  constructor(
    private readonly connector: Pick<Connector, 'forOrigin'>,
    bounds: Partial<PoolBounds> = {},
  ) {
    this.#bounds = { ...DEFAULT_BOUNDS, ...bounds };
    this.#sweep = setInterval(() => this.#dropUnused(), this.#bounds.sweepMs).unref();
  }

  get(origin: string): Pool {
    const used = this.#pools.get(origin) ?? this.#open(origin);
    used.lastUsedAt = performance.now();
    return used.pool;
  }

  /** Resolves when the requests under way have ended; idle connections close at once. */
  async close(): Promise<void> {
    clearInterval(this.#sweep);
    for (const origin of [...this.#pools.keys()]) this.#drop(origin);
    await Promise.all(this.#closing);
  }

  #open(origin: string): OriginPool {
    if (this.#pools.size >= this.#bounds.maxOrigins) this.#dropOldest();
    const pool = poolOf(origin, this.#bounds.connectionsPerOrigin, this.connector.forOrigin());
    const opened = { pool, lastUsedAt: 0 };
    this.#pools.set(origin, opened);
    return opened;
  }

  #drop(origin: string): void {
    const dropped = this.#pools.get(origin);
    if (dropped === undefined) return;
    this.#pools.delete(origin);
    const closing = dropped.pool.close().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  // Looked for only here: to keep the pools in order would cost every request more.
  #dropOldest(): void {
    let oldest = { origin: '', lastUsedAt: Infinity };
    for (const [origin, { lastUsedAt }] of this.#pools) {
      if (lastUsedAt < oldest.lastUsedAt) oldest = { origin, lastUsedAt };
    }
    this.#drop(oldest.origin);
  }

  #dropUnused(): void {
    const unusedSince = performance.now() - this.#bounds.idleMs;
    for (const [origin, { lastUsedAt }] of [...this.#pools]) if (lastUsedAt <= unusedSince) this.#drop(origin);
  }
}
