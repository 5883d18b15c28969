import { lookup, Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { BoundedLookups } from './bounded-lookups.ts';
import type { Resolve, ResolvedAddress } from './name-cache.ts';

const HOSTS_FILE = '/etc/hosts';
const HOSTS_FILE_LIFETIME_MS = 5_000;
/** Two tries of it end within the time allowed for connecting. */
const RETRY_MS = 1_500;
/** The name service knows no such name, or there is none: the machine may know better, by a search domain for one. */
const LEFT_TO_THE_MACHINE: readonly unknown[] = ['ENOTFOUND', 'ENODATA', 'ECONNREFUSED'];

export type NameSources = {
  /** Addresses and ports of name servers; those of the machine unless given. */
  readonly servers?: readonly string[];
  /** Milliseconds until the name service is asked again, once, and then given up; 1,500 unless given. */
  readonly retryMs?: number;
  readonly hostsFile?: string;
  /** As the machine resolves for any program. */
  readonly ofTheMachine?: Resolve;
};

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;

/**
 * Asks the name service without holding a thread for the answer, so that any number of dead names may be waited for beside others.
 * What only the machine can tell (names of its hosts file, names without a dot, names of a search domain) goes through
 * `getaddrinfo`, a few at a time.
 */
export function systemResolve(sources: NameSources = {}): Resolve {
  const machine = new BoundedLookups(sources.ofTheMachine ?? ((hostname) => lookup(hostname, { all: true })));
  const hosts = hostsOf(sources.hostsFile ?? HOSTS_FILE);
  return async (hostname) => {
    if (!hostname.includes('.') || (await hosts()).has(hostname)) return machine.lookUp(hostname);
    try {
      return await query(hostname, sources);
    } catch (error) {
      if (!LEFT_TO_THE_MACHINE.includes(codeOf(error))) throw error;
      return machine.lookUp(hostname);
    }
  };
}

/** IPv4 first: it is what most machines have a route for. One family is enough if the other has none or is not answered. */
async function query(
  hostname: string,
  { servers, retryMs = RETRY_MS }: NameSources,
): Promise<readonly ResolvedAddress[]> {
  // A new one each time: it reads the machine's list of name servers when it is made, and only then.
  const resolver = new Resolver({ timeout: retryMs, maxTimeout: retryMs, tries: 2 });
  if (servers !== undefined) resolver.setServers([...servers]);
  const [v4, v6] = await Promise.allSettled([
    resolver.resolve4(hostname, { ttl: true }),
    resolver.resolve6(hostname, { ttl: true }),
  ]);
  const found = [
    ...(v4.status === 'fulfilled' ? v4.value.map(({ address, ttl }) => ({ address, family: 4, ttl })) : []),
    ...(v6.status === 'fulfilled' ? v6.value.map(({ address, ttl }) => ({ address, family: 6, ttl })) : []),
  ];
  if (found.length > 0) return found;
  // The name does not exist only if both say so.
  const errors = [v4, v6].map((answer): unknown => (answer.status === 'rejected' ? answer.reason : undefined));
  throw errors.find((error) => !LEFT_TO_THE_MACHINE.includes(codeOf(error))) ?? errors[0];
}

/** Names of a hosts file, read again when they are older than a few seconds; none if there is no such file. */
function hostsOf(file: string): () => Promise<ReadonlySet<string>> {
  let read: Promise<ReadonlySet<string>> = Promise.resolve(new Set());
  let readAt = -Infinity;
  return () => {
    if (performance.now() - readAt < HOSTS_FILE_LIFETIME_MS) return read;
    readAt = performance.now();
    read = readFile(file, 'utf8').then(namesOf, () => new Set());
    return read;
  };
}

const namesOf = (text: string): ReadonlySet<string> =>
  new Set(
    text.split('\n').flatMap((line) => {
      const [, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
      return names.map((name) => name.toLowerCase());
    }),
  );
