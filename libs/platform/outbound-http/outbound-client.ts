import type { AddressPolicy } from './address-policy.ts';
import { Connector } from './connector.ts';
import { Exchange, type ExchangeLimits } from './exchange.ts';
import { NameCache, type Resolve } from './name-cache.ts';
import { OriginPools } from './origin-pools.ts';
import { OutboundRefused, type OutboundAnswer, type OutboundRequest } from './outbound-answer.ts';
import { systemResolve } from './system-resolve.ts';
import { TargetCache, type Target } from './target-cache.ts';

export type OutboundOptions = {
  readonly policy: AddressPolicy;
  /** All addresses of a host name; the machine's name service unless given. Not asked for literal addresses. */
  readonly resolve?: Resolve;
  /** Milliseconds that only grow; what the lifetime of a name's answer is measured with. The machine's unless given. */
  readonly now?: () => number;
  /** Resolving, connecting and the TLS handshake together; default 5,000. */
  readonly connectTimeoutMs?: number;
  /** From the call of `post` to the last byte of the answer; default 15,000. */
  readonly totalTimeoutMs?: number;
  /** A longer body is not read to its end, and its connection is closed; default 65,536. */
  readonly maxAnswerBytes?: number;
  /** How much of the body is handed on; default 8,192. */
  readonly keptAnswerBytes?: number;
  /** Requests beyond it wait for a connection, within their deadline; default 256. */
  readonly connectionsPerOrigin?: number;
};

/**
 * The one way out for every URL a user can supply. It connects to addresses its policy allows and to no other, verifies TLS,
 * follows no redirect, uses no proxy of the environment, and ends every request within its deadline. Deadlines are the machine's.
 */
export class OutboundClient {
  readonly #pools: OriginPools;
  readonly #targets = new TargetCache();
  readonly #limits: ExchangeLimits;
  #closed = false;

  constructor(options: OutboundOptions) {
    const names = new NameCache(options.resolve ?? systemResolve(), options.now ?? (() => performance.now()));
    this.#pools = new OriginPools(
      new Connector(options.policy, names, options.connectTimeoutMs ?? 5_000),
      options.connectionsPerOrigin === undefined ? {} : { connectionsPerOrigin: options.connectionsPerOrigin },
    );
    this.#limits = {
      totalTimeoutMs: options.totalTimeoutMs ?? 15_000,
      maxAnswerBytes: options.maxAnswerBytes ?? 65_536,
      keptAnswerBytes: options.keptAnswerBytes ?? 8_192,
    };
  }

  /**
   * Posts once. Whatever goes wrong with the URL, the name, the network or the receiver is an answer of kind `failed`; it rejects
   * only when the caller's own `signal` ends the request (with its reason), or after `close`.
   */
  post(request: OutboundRequest): Promise<OutboundAnswer> {
    if (this.#closed) return Promise.reject(new Error('The outbound client is closed.'));
    if (request.signal?.aborted === true) return Promise.reject(request.signal.reason as Error);
    let target: Target;
    try {
      target = this.#targets.get(request.url);
    } catch (error) {
      if (!(error instanceof OutboundRefused)) throw error;
      const { errorClass, message } = error;
      return Promise.resolve({ kind: 'failed', errorClass, message, durationMs: 0 });
    }
    const { origin, path, secure } = target;
    const { headers, body, signal } = request;
    return new Promise((resolve, reject) => {
      // Below `pool.request`: no stream and no AbortSignal per request, and a deadline that also holds while connecting.
      const exchange = new Exchange(secure, this.#limits, signal, resolve, reject);
      this.#pools.get(origin).dispatch({ method: 'POST', path, headers, body }, exchange);
    });
  }

  /** Takes no more requests; resolves when those under way have ended, each within its deadline. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#pools.close();
  }
}
