import { describe, expect, it } from '@jest/globals';
import { START } from '../../kernel/index.ts';
import type { EventStore, Feed } from '../port.ts';
import { append, event, followTo, numbers, take } from './fixtures.ts';

/** What a reader that goes on with the store promises. */
export function describeFollowers(
  current: () => EventStore,
  follow: (options: Parameters<EventStore['follow']>[0]) => Feed,
): void {
  describe('a follower', () => {
    it('gets history first, then what is appended, without a gap or a double', async () => {
      for (let n = 0; n < 30; n++) await append(current(), `order-${n}`, 'no-stream', event('E', { n }));
      const feed = follow({ after: START, batch: 7 });
      const seen = take(feed, 60);
      for (let n = 30; n < 60; n++) await append(current(), `order-${n}`, 'no-stream', event('E', { n }));
      expect(await seen).toEqual(Array.from({ length: 60 }, (_, n) => n));
    });

    it('resumes after the position of a batch it was given', async () => {
      for (let n = 0; n < 10; n++) await append(current(), `order-${n}`, 'no-stream', event('E', { n }));
      const first = await follow({ after: START, batch: 4 }).next();
      const seen = numbers(first?.events ?? []);
      const rest = await take(follow({ after: first?.position ?? START }), 10 - seen.length);
      expect([...seen, ...rest]).toEqual(Array.from({ length: 10 }, (_, n) => n));
    });

    it('sees only its categories, and learns how far the store is though nothing matched', async () => {
      const feed = follow({ after: START, categories: ['invoice'] });
      await append(current(), 'order-1', 'no-stream', event());
      const batches = await followTo(feed, await current().head());
      expect(batches.flatMap(({ events }) => events)).toEqual([]);
    });

    it('sees an event as soon as its append is answered, and never before', async () => {
      const feed = follow({ after: START });
      const answered = append(current(), 'order-1', 'no-stream', event('E', { n: 1 }));
      let batch = await feed.next();
      while (batch?.events.length === 0) batch = await feed.next();
      const [recorded] = await answered;
      expect(batch?.events).toEqual([recorded]);
      expect(await current().readStream('order-1')).toEqual([recorded]);
    });

    it('that is closed while it waits ends', async () => {
      const feed = follow({ after: START });
      const waiting = take(feed, 1);
      feed.close();
      expect(await waiting).toEqual([]);
      expect(await feed.next()).toBeUndefined();
    });

    it('does not disturb another', async () => {
      const [a, b] = [follow({ after: START }), follow({ after: START })];
      await append(current(), 'order-1', 'no-stream', event('E', { n: 1 }));
      expect(await take(a, 1)).toEqual([1]);
      a.close();
      await append(current(), 'order-2', 'no-stream', event('E', { n: 2 }));
      expect(await take(b, 2)).toEqual([1, 2]);
    });
  });
}
