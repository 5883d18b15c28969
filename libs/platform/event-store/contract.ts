import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START, type Recorded } from '../kernel/index.ts';
import { WrongExpectedRevision, type EventStore, type ExpectedRevision, type Feed, type NewEvent } from './port.ts';

export type Harness = {
  /** A store with nothing in it. */
  readonly make: () => Promise<EventStore>;
  /** The same store after its process ended, cleanly or not. */
  readonly reopen: () => Promise<EventStore>;
  readonly dispose: () => Promise<void>;
};

const metadata = { at: 1_700_000_000_000, actor: 'client:tester', traceId: 'trace' };
const event = (type = 'Happened', data: object = {}): NewEvent => ({ id: randomUUID(), type, data });
const append = (store: EventStore, stream: string, expected: ExpectedRevision, ...events: NewEvent[]) =>
  store.append({ stream, expected, events, metadata });

/** What every event store owes its users, whatever it is made of. */
export function describeEventStore(name: string, makeHarness: () => Promise<Harness>): void {
  describe(`${name}: the event store contract`, () => {
    let harness: Harness;
    let store: EventStore;
    const feeds: Feed[] = [];
    const follow = (options: Parameters<EventStore['follow']>[0]): Feed => {
      const feed = store.follow(options);
      feeds.push(feed);
      return feed;
    };

    beforeEach(async () => {
      harness = await makeHarness();
      store = await harness.make();
    });
    afterEach(async () => {
      feeds.splice(0).forEach((feed) => feed.close());
      await harness.dispose();
    });

    describe('a stream', () => {
      it('is empty until something is appended', async () => {
        expect(await store.readStream('order-1')).toEqual([]);
      });

      it('gives back what was appended, in order, with revisions from 0', async () => {
        await append(
          store,
          'order-1',
          'no-stream',
          event('Placed', { text: 'ü\u0000"', n: 1.5, list: [], nested: { a: null } }),
        );
        await append(store, 'order-1', 0, event('Paid'), event('Shipped'));
        const events = await store.readStream('order-1');
        expect(events.map((e) => [e.type, e.revision])).toEqual([
          ['Placed', 0],
          ['Paid', 1],
          ['Shipped', 2],
        ]);
        expect(events[0]).toMatchObject({
          stream: 'order-1',
          category: 'order',
          data: { text: 'ü\u0000"', n: 1.5, list: [], nested: { a: null } },
          metadata,
        });
      });

      it('answers an append with the recorded events', async () => {
        const recorded = await append(store, 'order-1', 'no-stream', event('Placed', { n: 1 }));
        expect(recorded).toEqual(await store.readStream('order-1'));
      });

      it('can be read from a revision on, and only so far', async () => {
        await append(store, 'order-1', 'no-stream', event('A'), event('B'), event('C'), event('D'));
        const part = await store.readStream('order-1', { from: 1, limit: 2 });
        expect(part.map((e) => e.type)).toEqual(['B', 'C']);
      });

      it('has an id that may contain hyphens, dots and colons', async () => {
        const [recorded] = await append(store, 'order-a-b.c:d_e', 'no-stream', event());
        expect(recorded).toMatchObject({ category: 'order', stream: 'order-a-b.c:d_e' });
      });
    });

    describe('an expected revision', () => {
      it('that is wrong refuses the append whole, and says what was found', async () => {
        await append(store, 'order-1', 'no-stream', event());
        await expect(append(store, 'order-1', 'no-stream', event(), event())).rejects.toMatchObject({
          name: 'WrongExpectedRevision',
          stream: 'order-1',
          expected: 'no-stream',
          actual: 0,
        });
        await expect(append(store, 'order-1', 3, event())).rejects.toThrow(WrongExpectedRevision);
        await expect(append(store, 'order-2', 0, event())).rejects.toMatchObject({ actual: 'no-stream' });
        expect(await store.readStream('order-1')).toHaveLength(1);
        expect(await store.readStream('order-2')).toEqual([]);
      });

      it('of "any" appends wherever the stream is', async () => {
        await append(store, 'order-1', 'any', event('A'));
        await append(store, 'order-1', 'any', event('B'));
        expect((await store.readStream('order-1')).map((e) => e.type)).toEqual(['A', 'B']);
      });

      it('lets exactly one of many concurrent writers through', async () => {
        const writers = Array.from({ length: 50 }, (_, n) =>
          append(store, 'order-1', 'no-stream', event('Placed', { n })),
        );
        const outcomes = await Promise.allSettled(writers);
        expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1);
        expect(await store.readStream('order-1')).toHaveLength(1);
      });

      it('fails its own writer only, not those that share the commit', async () => {
        await append(store, 'order-1', 'no-stream', event());
        const outcomes = await Promise.allSettled([
          append(store, 'order-2', 'no-stream', event()),
          append(store, 'order-1', 'no-stream', event()),
          append(store, 'order-3', 'no-stream', event()),
        ]);
        expect(outcomes.map((o) => o.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
        expect(await store.readStream('order-3')).toHaveLength(1);
      });
    });

    describe('an append repeated with the same ids', () => {
      it.each<[string, ExpectedRevision]>([
        ['no-stream', 'no-stream'],
        ['any', 'any'],
      ])('under %s succeeds and writes nothing', async (_, expected) => {
        const events = [event('A'), event('B')];
        const first = await append(store, 'order-1', expected, ...events);
        await append(store, 'order-1', 1, event('C'));
        expect(await append(store, 'order-1', expected, ...events)).toEqual(first);
        expect((await store.readStream('order-1')).map((e) => e.type)).toEqual(['A', 'B', 'C']);
      });

      it('at the same time writes once', async () => {
        const same = event();
        const [a, b] = await Promise.all([
          append(store, 'order-1', 'no-stream', same),
          append(store, 'order-1', 'no-stream', same),
        ]);
        expect(a).toEqual(b);
        expect(await store.readStream('order-1')).toHaveLength(1);
      });
    });

    describe('$all', () => {
      it('has one order, which is that of the calls of one writer', async () => {
        const streams = Array.from({ length: 100 }, (_, n) => `order-${n}`);
        await Promise.all(streams.map((stream) => append(store, stream, 'no-stream', event())));
        const { events } = await store.readAll({ after: START, limit: 1_000 });
        expect(events.map((e) => e.stream)).toEqual(streams);
        expect(ascending(events)).toBe(true);
      });

      it('can be read after any position, in pages, without a gap or a double', async () => {
        for (let n = 0; n < 25; n++) await append(store, `order-${n % 3}`, 'any', event('E', { n }));
        expect(await readOn(store, START, undefined, 4)).toEqual(Array.from({ length: 25 }, (_, n) => n));
      });

      it('can be narrowed to categories; the position moves over what does not match', async () => {
        await append(store, 'order-1', 'no-stream', event('A', { n: 0 }));
        await append(store, 'orderLine-1', 'no-stream', event('B', { n: 1 }));
        await append(store, 'invoice-1', 'no-stream', event('C', { n: 2 }));
        expect(await readOn(store, START, ['order', 'invoice'], 10)).toEqual([0, 2]);
        const rest = await store.readAll({ after: START, categories: ['nothing'], limit: 10 });
        expect(rest).toEqual({ events: [], position: await store.head() });
      });

      it('has a head: START while empty, then the newest position', async () => {
        expect(await store.head()).toBe(START);
        const [recorded] = await append(store, 'order-1', 'no-stream', event());
        expect(await store.head()).toBe(recorded?.position);
      });
    });

    describe('a follower', () => {
      it('gets history first, then what is appended, without a gap or a double', async () => {
        for (let n = 0; n < 30; n++) await append(store, `order-${n}`, 'no-stream', event('E', { n }));
        const feed = follow({ after: START, batch: 7 });
        const seen = take(feed, 60);
        for (let n = 30; n < 60; n++) await append(store, `order-${n}`, 'no-stream', event('E', { n }));
        expect(await seen).toEqual(Array.from({ length: 60 }, (_, n) => n));
      });

      it('resumes after the position of a batch it was given', async () => {
        for (let n = 0; n < 10; n++) await append(store, `order-${n}`, 'no-stream', event('E', { n }));
        const first = await follow({ after: START, batch: 4 }).next();
        const rest = await take(follow({ after: first?.position ?? START }), 6);
        expect([...numbers(first?.events ?? []), ...rest]).toEqual(Array.from({ length: 10 }, (_, n) => n));
      });

      it('sees only its categories, and learns how far the store is though nothing matched', async () => {
        const feed = follow({ after: START, categories: ['invoice'] });
        await append(store, 'order-1', 'no-stream', event());
        const batch = await feed.next();
        expect(batch).toEqual({ events: [], position: await store.head() });
      });

      it('sees an event as soon as its append is answered, and never before', async () => {
        const feed = follow({ after: START });
        const answered = append(store, 'order-1', 'no-stream', event('E', { n: 1 }));
        const batch = await feed.next();
        const [recorded] = await answered;
        expect(batch?.events).toEqual([recorded]);
        expect(await store.readStream('order-1')).toEqual([recorded]);
      });

      it('that is closed while it waits ends', async () => {
        const feed = follow({ after: START });
        const waiting = feed.next();
        feed.close();
        expect(await waiting).toBeUndefined();
      });

      it('does not disturb another', async () => {
        const [a, b] = [follow({ after: START }), follow({ after: START })];
        await append(store, 'order-1', 'no-stream', event('E', { n: 1 }));
        expect(await take(a, 1)).toEqual([1]);
        expect(await take(b, 1)).toEqual([1]);
      });
    });

    describe('after a reopening', () => {
      it('everything answered is there, and positions and revisions go on', async () => {
        await append(store, 'order-1', 'no-stream', event('A'));
        const before = await store.head();
        store = await harness.reopen();
        expect(await store.head()).toBe(before);
        const [recorded] = await append(store, 'order-1', 0, event('B'));
        expect(recorded?.revision).toBe(1);
        expect(recorded?.position).toBeGreaterThan(before);
      });
    });
  });
}

const numbers = (events: readonly Recorded[]): number[] => events.map((e) => (e.data as { n: number }).n);
const ascending = (events: readonly Recorded[]): boolean =>
  events.every((e, i) => i === 0 || e.position > (events[i - 1]?.position ?? START));

async function take(feed: Feed, count: number): Promise<number[]> {
  const seen: number[] = [];
  while (seen.length < count) seen.push(...numbers((await feed.next())?.events ?? []));
  return seen;
}

async function readOn(
  store: EventStore,
  from: number,
  categories: string[] | undefined,
  limit: number,
): Promise<number[]> {
  const seen: number[] = [];
  const head = await store.head();
  for (let after = from; after < head;) {
    const batch = await store.readAll({ after, limit, ...(categories ? { categories } : {}) });
    seen.push(...numbers(batch.events));
    after = batch.position;
  }
  return seen;
}
