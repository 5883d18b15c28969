import { beforeEach, describe, expect, it } from '@jest/globals';
import { NameCache, type Resolve, type ResolvedAddress } from './name-cache.ts';

let asked: string[];
let now: number;
beforeEach(() => {
  asked = [];
  now = 0;
});

const cacheOf = (resolve: Resolve, maxNames?: number): NameCache =>
  new NameCache(
    (hostname) => {
      asked.push(hostname);
      return resolve(hostname);
    },
    () => now,
    maxNames,
  );
const answering =
  (...addresses: ResolvedAddress[]): Resolve =>
  () =>
    Promise.resolve(addresses);
const address = { address: '192.0.2.1', family: 4 };
const failing: Resolve = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));

/** Whether the name is asked for again this long after its answer. */
async function isAskedAgainAfter(ms: number, resolve: Resolve): Promise<boolean> {
  const cache = cacheOf(resolve);
  await cache.lookUp('a.test').catch(() => undefined);
  now += ms;
  await cache.lookUp('a.test').catch(() => undefined);
  return asked.splice(0).length === 2;
}

describe('the answer to a name', () => {
  it.each<[string, Resolve, number]>([
    ['its own lifetime', answering({ ...address, ttl: 30 }), 30_000],
    ['the shortest lifetime of its addresses', answering({ ...address, ttl: 30 }, { ...address, ttl: 7 }), 7_000],
    ['at least a second', answering({ ...address, ttl: 0 }), 1_000],
    ['at most a minute', answering({ ...address, ttl: 86_400 }), 60_000],
    ['ten seconds when no lifetime is given', answering(address), 10_000],
    ['a second when there is no address', answering(), 1_000],
    ['a second when it is a failure', failing, 1_000],
  ])('is kept for %s', async (_what, resolve, lifetimeMs) => {
    expect(await isAskedAgainAfter(lifetimeMs - 1, resolve)).toBe(false);
    expect(await isAskedAgainAfter(lifetimeMs, resolve)).toBe(true);
  });

  it('lives from when it was given, not from when it was asked for', async () => {
    const given = Promise.withResolvers<ResolvedAddress[]>();
    const cache = cacheOf(() => given.promise);
    const first = cache.lookUp('a.test');
    now = 60_000;
    given.resolve([address]);
    await first;

    await cache.lookUp('a.test');

    expect(asked).toHaveLength(1);
  });

  it('is asked for once by all who wait for it', async () => {
    const cache = cacheOf(answering(address));
    expect(await Promise.all([cache.lookUp('a.test'), cache.lookUp('a.test')])).toEqual([[address], [address]]);
    expect(asked).toEqual(['a.test']);
  });

  it('is a failure when the resolver throws', async () => {
    const cache = cacheOf(() => {
      throw new Error('broken');
    });
    await expect(cache.lookUp('a.test')).rejects.toThrow('broken');
  });

  it('is forgotten first when its name was not used for longest', async () => {
    const cache = cacheOf(answering(address), 2);
    for (const name of ['a.test', 'b.test', 'a.test', 'c.test', 'a.test', 'b.test']) await cache.lookUp(name);

    expect(asked).toEqual(['a.test', 'b.test', 'c.test', 'b.test']);
  });
});
