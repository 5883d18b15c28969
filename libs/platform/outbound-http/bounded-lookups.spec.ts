import { beforeEach, describe, expect, it } from '@jest/globals';
import { BoundedLookups } from './bounded-lookups.ts';
import type { ResolvedAddress } from './name-cache.ts';

const bounds = { running: 2, unproven: 1, waiting: 3, remembered: 10, slowMs: 1_000 };
const address = { address: '192.0.2.1', family: 4 };

let now: number;
/** Look-ups that hold a thread, in the order in which they began. */
let running: { hostname: string; answer: PromiseWithResolvers<readonly ResolvedAddress[]> }[];
let lookups: BoundedLookups;

beforeEach(() => {
  now = 0;
  running = [];
  lookups = new BoundedLookups(
    (hostname) => {
      const answer = Promise.withResolvers<readonly ResolvedAddress[]>();
      running.push({ hostname, answer });
      return answer.promise;
    },
    bounds,
    () => now,
  );
});

const asked = (): string[] => running.map(({ hostname }) => hostname);
/** Asks without waiting for the answer. */
const ask = (...hostnames: string[]): void => {
  for (const hostname of hostnames) lookups.lookUp(hostname).catch(() => undefined);
};
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
async function finish(hostname: string, error?: Error): Promise<void> {
  const index = running.findIndex((each) => each.hostname === hostname);
  const [found] = running.splice(index, 1);
  if (error === undefined) found?.answer.resolve([address]);
  else found?.answer.reject(error);
  await turn();
}
async function knownAs(kind: 'quick' | 'slow', hostname: string): Promise<void> {
  ask(hostname);
  now += kind === 'slow' ? bounds.slowMs : bounds.slowMs - 1;
  await finish(hostname);
}

describe('look-ups that hold a thread', () => {
  it('bring the answer, or the failure, of the resolver', async () => {
    const found = lookups.lookUp('a.test');
    await finish('a.test');
    expect(await found).toEqual([address]);

    const failed = expect(lookups.lookUp('b.test')).rejects.toThrow('no such name');
    await finish('b.test', new Error('no such name'));
    await failed;
  });

  it('of new names run one at a time, so that dead ones leave a thread to names that are known to be quick', async () => {
    await knownAs('quick', 'quick.test');
    ask('dead-1.test', 'dead-2.test', 'dead-3.test');
    expect(asked()).toEqual(['dead-1.test']);

    ask('quick.test');
    expect(asked()).toEqual(['dead-1.test', 'quick.test']);

    await finish('quick.test');
    expect(asked()).toEqual(['dead-1.test']);
    await finish('dead-1.test');
    expect(asked()).toEqual(['dead-2.test']);
  });

  it('never run more than two at once', async () => {
    await knownAs('quick', 'a.test');
    await knownAs('quick', 'b.test');
    await knownAs('quick', 'c.test');

    ask('a.test', 'b.test', 'c.test');

    expect(asked()).toEqual(['a.test', 'b.test']);
    await finish('a.test');
    expect(asked()).toEqual(['b.test', 'c.test']);
  });

  it('of names that were slow last time wait for new names', async () => {
    await knownAs('slow', 'slow.test');
    ask('busy.test', 'slow.test', 'new.test');

    await finish('busy.test');
    expect(asked()).toEqual(['new.test']);
    await finish('new.test');
    expect(asked()).toEqual(['slow.test']);
  });

  it('of a slow name run like others once it was quick', async () => {
    await knownAs('slow', 'a.test');
    await knownAs('quick', 'a.test');
    ask('dead.test', 'a.test');
    expect(asked()).toEqual(['dead.test', 'a.test']);
  });

  it('are refused at once when too many wait', async () => {
    ask('running.test', '1.test', '2.test', '3.test');
    await expect(lookups.lookUp('4.test')).rejects.toMatchObject({ code: 'EAI_AGAIN' });
  });
});
