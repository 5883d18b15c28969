import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AppendRequest } from '../../../libs/platform/event-store/index.ts';
import { sealingKey } from '../../../libs/platform/sealing/index.ts';
import { MigrationRefused } from './refused.ts';
import { PORTION } from './stream-copies.ts';
import { allOf, contentOf, histories, history, requestsOf, write } from './testing/histories.ts';
import { KEY, MigrationRig } from './testing/migration-rig.ts';
import { lost, troubled, unanswered } from './testing/troubled-store.ts';

const RUNS = { numRuns: 25 };

const rigs: MigrationRig[] = [];
async function rigWith(requests: readonly AppendRequest[]): Promise<MigrationRig> {
  const rig = await MigrationRig.with(requests);
  rigs.push(rig);
  return rig;
}
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.dispose();
});

const A_BIT_OF_ALL = requestsOf(
  ['workspace-root', 'webhook-a', 'platformEvent-1', 'platformEvent-1', 'delivery-x', 'delivery-x'].map(
    (stream, n) => ({
      stream,
      events: 1,
      // Each in a command of its own.
      trace: `t${n}`,
    }),
  ),
);

/** An event that no other history has. */
const another = (stream: string): AppendRequest => ({
  stream,
  expected: 'any',
  events: [{ id: randomUUID(), type: 'Happened', data: {} }],
  metadata: { at: 0, actor: 'client:other', traceId: 'o' },
});

describe('a migration', () => {
  it('copies every event as it is: first all but deliveries, in their order, then each stream of a delivery', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (steps) => {
        const rig = await rigWith(requestsOf(steps));
        await rig.migrate();
        expect(await contentOf(rig.target)).toEqual(await contentOf(rig.source));
        const apart = (await allOf(rig.target)).map(({ category }) => category === 'delivery');
        expect(apart).toEqual([...apart].sort());
      }),
      RUNS,
    );
  });

  it('leaves the source as it was', async () => {
    const rig = await rigWith(A_BIT_OF_ALL);
    const before = await allOf(rig.source);
    await rig.migrate();
    expect(await allOf(rig.source)).toEqual(before);
  });

  it('that is done again writes nothing', async () => {
    const rig = await rigWith(A_BIT_OF_ALL);
    await rig.migrate();
    await rig.migrate(troubled(rig.target, { append: lost }));
    expect(rig.said.at(-1)).toBe('The target holds all of this already.');
  });

  it('says how many events and streams of each category the source holds', async () => {
    const rig = await rigWith(A_BIT_OF_ALL);
    await rig.migrate();
    expect(rig.said.map((line) => line.replace(/ +/g, ' '))).toContain(' platformEvent 2 events 1 streams');
  });
});

describe('a migration that is interrupted', () => {
  it('comes to the same by being done again, whatever was stored of it', async () => {
    const lastIs = fc.constantFrom(lost, unanswered);
    await fc.assert(
      fc.asyncProperty(histories, fc.nat(40), lastIs, async (steps, calls, last) => {
        const rig = await rigWith(requestsOf(steps));
        const dying = troubled(rig.target, {
          append: (call, append) => {
            if (call < calls) return append();
            rig.stop.abort(new Error('killed'));
            return call === calls ? last(append) : lost();
          },
        });
        await rig.migrate(dying).catch((error: unknown) => expect(error).toEqual(new Error('killed')));
        rig.stop = new AbortController();
        await rig.migrate();
        expect(await contentOf(rig.target)).toEqual(await contentOf(rig.source));
      }),
      RUNS,
    );
  });
});

describe('a migration of more deliveries than are copied at a time', () => {
  const streams = Array.from({ length: 2 * PORTION + 100 }, (_, n) => `delivery-${n}`);

  async function copiedOnce(): Promise<MigrationRig> {
    const rig = await rigWith(history('webhook-a'));
    await Promise.all(
      history('webhook-a', ...streams)
        .slice(1)
        .map((request) => rig.source.append(request)),
    );
    return rig;
  }

  it('passes over what it knows to be complete when it goes on', async () => {
    const rig = await copiedOnce();
    let appends = 0;
    const counted = troubled(rig.target, { append: (_, append) => (appends++, append()) });
    const dying = troubled(counted, {
      append: (call, append) => {
        if (call > 2 * PORTION) rig.stop.abort(new Error('killed'));
        return append();
      },
    });
    await expect(rig.migrate(dying)).rejects.toThrow('killed');
    rig.stop = new AbortController();
    appends = 0;
    await rig.migrate(counted);
    expect(appends).toBeLessThanOrEqual(PORTION + 100);
    expect(await contentOf(rig.target)).toEqual(await contentOf(rig.source));
  });

  it('finds what has been added since to what it passed over', async () => {
    const rig = await copiedOnce();
    await rig.migrate();
    await write(rig.source, [another('delivery-3')]);
    await rig.migrate();
    expect(await contentOf(rig.target)).toEqual(await contentOf(rig.source));
  });
});

describe('a target that goes away', () => {
  it.each([
    ['between configuration', lost, 1],
    ['between configuration, unanswered', unanswered, 1],
    ['between deliveries', lost, 4],
    ['between deliveries, unanswered', unanswered, 4],
  ])('and comes back %s is waited for', async (_, goes, at) => {
    const rig = await rigWith(A_BIT_OF_ALL);
    let [isAway, tries] = [false, 0];
    const leaving = troubled(rig.target, {
      append: (call, append) => {
        isAway ||= call === at;
        if (!isAway) return append();
        if (++tries === 2) isAway = false;
        return tries === 1 ? goes(append) : lost();
      },
      read: () => (isAway = false),
    });
    await rig.migrate(leaving);
    expect(await contentOf(rig.target)).toEqual(await contentOf(rig.source));
  });

  it('and lacks the beginning of what it has the rest of gets all of a delivery', async () => {
    const rig = await rigWith(A_BIT_OF_ALL);
    await rig.migrate(
      troubled(rig.target, { append: (call, append) => (call === 4 ? nextTurn().then(lost) : append()) }),
    );
    expect(await contentOf(rig.target)).toEqual(await contentOf(rig.source));
  });

  it('with one event missing before another is refused, since its order is lost', async () => {
    const rig = await rigWith(A_BIT_OF_ALL);
    const gap = troubled(rig.target, { append: (call, append) => (call === 1 ? nextTurn().then(lost) : append()) });
    await expect(rig.migrate(gap)).rejects.toThrow(
      /Happened \S+ at platformEvent-1, revision 0, where .* at webhook-a/,
    );
    await expect(rig.migrate()).rejects.toThrow(MigrationRefused);
  });
});

describe('a target', () => {
  const isLeftAlone = async (rig: MigrationRig, given?: string) => {
    const before = await allOf(rig.target);
    await expect(rig.migrate(rig.target, given)).rejects.toThrow(MigrationRefused);
    expect(await allOf(rig.target)).toEqual(before);
  };

  it('that holds something of its own is left alone', async () => {
    const rig = await rigWith(A_BIT_OF_ALL);
    await write(rig.target, [...A_BIT_OF_ALL.slice(0, 1), another('webhook-a')]);
    await isLeftAlone(rig);
  });

  it('that holds the same events in another order is left alone', async () => {
    const rig = await rigWith(A_BIT_OF_ALL);
    await write(
      rig.target,
      [A_BIT_OF_ALL[1], A_BIT_OF_ALL[0]].filter((each) => each !== undefined),
    );
    await isLeftAlone(rig);
  });

  it('that has a delivery before some of the configuration is left alone', async () => {
    const rig = await rigWith(A_BIT_OF_ALL);
    const [last, delivery] = [A_BIT_OF_ALL[3], A_BIT_OF_ALL[4]].filter((each) => each !== undefined);
    await write(rig.target, [...A_BIT_OF_ALL.slice(0, 3), ...(delivery && last ? [delivery, last] : [])]);
    await isLeftAlone(rig);
  });

  it('that has gone its own way after a copy is left alone', async () => {
    const rig = await rigWith(A_BIT_OF_ALL);
    await rig.migrate();
    await write(rig.target, [another('webhook-a')]);
    await isLeftAlone(rig);
  });

  it('that has deliveries of a source that has grown since is left alone', async () => {
    const rig = await rigWith(A_BIT_OF_ALL);
    await rig.migrate();
    await write(rig.source, [another('webhook-b')]);
    await isLeftAlone(rig);
  });

  it('whose delivery has events of its own is not copied over', async () => {
    const rig = await rigWith(A_BIT_OF_ALL);
    await write(rig.target, [...A_BIT_OF_ALL.slice(0, 4), another('delivery-x')]);
    await expect(rig.migrate()).rejects.toThrow(/delivery-x of the target is not a beginning/);
  });

  it('with a delivery too many is told from a copy', async () => {
    const rig = await rigWith(A_BIT_OF_ALL);
    await write(rig.target, [...A_BIT_OF_ALL.slice(0, 4), another('delivery-y')]);
    await expect(rig.migrate()).rejects.toThrow(/something else than the data folder/);
  });

  it('is left alone when the key does not open what the source has sealed', async () => {
    const sealed = sealingKey(Buffer.from(KEY, 'hex')).seal('secret', 'signing-key:k');
    const made = { type: 'SigningKeyMade', data: { keyId: 'k', privateJwk: sealed }, id: crypto.randomUUID() };
    const request = {
      stream: 'signingKey-all',
      expected: 'no-stream',
      metadata: { at: 0, actor: 'system', traceId: 't' },
    } as const;
    const rig = await rigWith([{ ...request, events: [made] }]);
    await isLeftAlone(rig, 'cd'.repeat(32));
    await rig.migrate(rig.target, KEY);
    expect(await allOf(rig.target)).toHaveLength(1);
  });
});
