import { RecentlyUsed } from '../kernel/index.ts';

export type ResolvedAddress = {
  readonly address: string;
  readonly family: number;
  /** Seconds, where the name service says. */
  readonly ttl?: number;
};
/** All addresses of a host name; rejects with an error whose `code` is one of `node:dns`. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

const MAX_NAMES = 5_000;
const LIFETIME_MS = { unsaid: 10_000, least: 1_000, most: 60_000, failure: 1_000 };

type Entry = { readonly answer: Promise<readonly ResolvedAddress[]>; expiresAt: number };

/**
 * Answers of the name service, each for its own lifetime between 1 s and 60 s (10 s where none is given), failures for 1 s. A name is
 * asked for once at a time. Bounded: the name not used for longest is forgotten first.
 */
export class NameCache {
  readonly #entries: RecentlyUsed<string, Entry>;

  constructor(
    private readonly resolve: Resolve,
    private readonly now: () => number,
    maxNames = MAX_NAMES,
  ) {
    this.#entries = new RecentlyUsed(maxNames);
  }

  lookUp(hostname: string): Promise<readonly ResolvedAddress[]> {
    const known = this.#entries.get(hostname);
    if (known !== undefined && this.now() < known.expiresAt) return known.answer;
    const entry = this.#ask(hostname);
    this.#entries.set(hostname, entry);
    return entry.answer;
  }

  #ask(hostname: string): Entry {
    const entry: Entry = { answer: this.#resolveNow(hostname), expiresAt: Infinity };
    entry.answer.then(
      (addresses) => (entry.expiresAt = this.now() + lifetimeMs(addresses)),
      () => (entry.expiresAt = this.now() + LIFETIME_MS.failure),
    );
    return entry;
  }

  // Async, so that a resolver that throws rejects instead.
  async #resolveNow(hostname: string): Promise<readonly ResolvedAddress[]> {
    return this.resolve(hostname);
  }
}

function lifetimeMs(addresses: readonly ResolvedAddress[]): number {
  if (addresses.length === 0) return LIFETIME_MS.failure;
  const shortest = Math.min(...addresses.map(({ ttl }) => (ttl === undefined ? LIFETIME_MS.unsaid : ttl * 1_000)));
  return Math.min(Math.max(shortest, LIFETIME_MS.least), LIFETIME_MS.most);
}
