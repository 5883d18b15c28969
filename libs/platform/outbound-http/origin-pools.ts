import { Client, Pool, type buildConnector, type Dispatcher } from 'undici';
import type { Connector, Peer } from './connector.ts';
import { Exchange } from './exchange.ts';

const DEFAULT_BOUNDS = { maxOrigins: 1_000, idleMs: 60_000, sweepMs: 15_000 };
/** Shorter than what common servers keep idle connections for; their own `Keep-Alive` hints replace it up to the maximum. */
const KEEP_ALIVE_MS = 4_000;
const MAX_KEEP_ALIVE_MS = 30_000;

type Connect = (target: buildConnector.Options, peer: Peer, done: buildConnector.Callback) => void;
type OriginPool = { readonly pool: Pool; lastUsedAt: number };

/** One connection, which tells each exchange on it who is at the other end. */
class Connection extends Client {
  readonly #peer: Peer;

  constructor(origin: URL, options: Client.Options, connect: Connect) {
    const peer: Peer = {};
    super(origin, { ...options, connect: (target, done) => connect(target, peer, done) });
    this.#peer = peer;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    if (handler instanceof Exchange) handler.peer = this.#peer;
    return super.dispatch(options, handler);
  }
}

/** A bounded number of pools, one an origin. A pool that is dropped finishes what it has begun. */
export class OriginPools {
  /** Least recently used first. */
  readonly #pools = new Map<string, OriginPool>();
  readonly #closing = new Set<Promise<void>>();
  readonly #sweep: NodeJS.Timeout;

  constructor(
    private readonly connector: Pick<Connector, 'forOrigin'>,
    private readonly connectionsPerOrigin: number | undefined,
    private readonly bounds = DEFAULT_BOUNDS,
  ) {
    this.#sweep = setInterval(() => this.#closeIdle(), bounds.sweepMs).unref();
  }

  get(origin: string): Pool {
    let used = this.#pools.get(origin);
    if (used === undefined) {
      used = { pool: this.#open(origin), lastUsedAt: 0 };
      const [oldest] = this.#pools.keys();
      if (this.#pools.size >= this.bounds.maxOrigins && oldest !== undefined) this.#drop(oldest);
    } else {
      this.#pools.delete(origin);
    }
    used.lastUsedAt = performance.now();
    this.#pools.set(origin, used);
    return used.pool;
  }

  /** Resolves when the requests under way have ended; idle connections close at once. */
  async close(): Promise<void> {
    clearInterval(this.#sweep);
    for (const origin of [...this.#pools.keys()]) this.#drop(origin);
    await Promise.all(this.#closing);
  }

  #open(origin: string): Pool {
    const connect = this.connector.forOrigin();
    return new Pool(origin, {
      connections: this.connectionsPerOrigin ?? null,
      pipelining: 1,
      allowH2: false,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: MAX_KEEP_ALIVE_MS,
      // The exchange's deadline covers both.
      headersTimeout: 0,
      bodyTimeout: 0,
      factory: (url, options) => new Connection(url, options, connect),
    });
  }

  #drop(origin: string): void {
    const dropped = this.#pools.get(origin);
    if (dropped === undefined) return;
    this.#pools.delete(origin);
    const closing = dropped.pool.close().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  #closeIdle(): void {
    const idleSince = performance.now() - this.bounds.idleMs;
    for (const [origin, { lastUsedAt }] of this.#pools) {
      if (lastUsedAt > idleSince) return;
      this.#drop(origin);
    }
  }
}
