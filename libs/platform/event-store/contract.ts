import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START } from '../kernel/index.ts';
import { StoreUnavailable, type EventStore, type Feed } from './port.ts';
import { describeAll } from './testing/all-rules.ts';
import { describeCatchUp } from './testing/catch-up-rules.ts';
import { append, event, take } from './testing/fixtures.ts';
import { describeFollowers } from './testing/follower-rules.ts';
import { describeStreams } from './testing/stream-rules.ts';

export type Harness = {
  /** A store with nothing in it. */
  readonly make: () => Promise<EventStore>;
  /** The same store after its process ended, cleanly or not. */
  readonly reopen: () => Promise<EventStore>;
  readonly dispose: () => Promise<void>;
};

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

    describeStreams(() => store);
    describeAll(() => store);
    describeFollowers(() => store, follow);
    describeCatchUp(() => store, follow);

    describe('closing', () => {
      it('answers what waits first, and refuses what comes after', async () => {
        const waiting = Array.from({ length: 20 }, (_, n) => append(store, `order-${n}`, 'no-stream', event()));
        const closed = store.close();
        await expect(append(store, 'order-late', 'no-stream', event())).rejects.toThrow(StoreUnavailable);
        await closed;
        expect(store.waiting).toBe(0);
        const recorded = await Promise.all(waiting);
        await store.close();
        store = await harness.reopen();
        expect((await store.readAll({ after: START, limit: 100 })).events).toEqual(recorded.flat());
      });

      it('ends who follows', async () => {
        const seen = take(follow({ after: START }), 1);
        await store.close();
        expect(await seen).toEqual([]);
        expect(await follow({ after: START }).next()).toBeUndefined();
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

      it('who follows gets what was appended before it, then what is appended', async () => {
        for (let n = 0; n < 10; n++) await append(store, `order-${n}`, 'no-stream', event('E', { n }));
        const [fifth] = await store.readStream('order-4');
        store = await harness.reopen();
        const seen = [START, fifth?.position ?? START].map((after) =>
          take(follow({ after, batch: 3 }), after < 0 ? 20 : 15),
        );
        for (let n = 10; n < 20; n++) await append(store, `order-${n}`, 'no-stream', event('E', { n }));
        const all = Array.from({ length: 20 }, (_, n) => n);
        expect(await Promise.all(seen)).toEqual([all, all.slice(5)]);
      });
    });
  });
}
