import { Client, Pool, type buildConnector, type Dispatcher } from 'undici';
import type { Peer } from './connector.ts';
import { Exchange } from './exchange.ts';

/** Shorter than what common servers keep idle connections for; their own `Keep-Alive` hints replace it up to the maximum. */
const KEEP_ALIVE_MS = 4_000;
const MAX_KEEP_ALIVE_MS = 30_000;

export type Connect = (target: buildConnector.Options, peer: Peer, done: buildConnector.Callback) => void;

/** One connection, which tells each exchange on it who is at the other end. */
class Connection extends Client {
  readonly #peer: Peer;

  constructor(origin: URL, options: Client.Options, connect: Connect) {
    const peer: Peer = {};
    super(origin, { ...options, connect: (target, done) => connect(target, peer, done) });
    this.#peer = peer;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    if (!(handler instanceof Exchange)) return super.dispatch(options, handler);
    // Given up while it waited in the pool: the connection takes the next one.
    if (handler.settled) return true;
    handler.peer = this.#peer;
    const free = super.dispatch(options, handler);
    // undici says "busy" of a request that it refused at once; the pool would wait for this connection for ever.
    return free || handler.settled;
  }
}

/** Connections to one origin; a request beyond their number waits in the pool. */
export const poolOf = (origin: string, connections: number, connect: Connect): Pool =>
  new Pool(origin, {
    connections,
    pipelining: 1,
    allowH2: false,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: MAX_KEEP_ALIVE_MS,
    // The exchange's deadline covers both.
    headersTimeout: 0,
    bodyTimeout: 0,
    factory: (url, options) => new Connection(url, options, connect),
  });
