import { describe, expect, it } from '@jest/globals';
import { START, type Position } from '../../kernel/index.ts';
import type { Batch, EventStore, Feed } from '../port.ts';
import { append, event, followTo, numbers, take } from './fixtures.ts';

const CATEGORIES = ['order', 'invoice', 'claim'] as const;
const counted = (count: number) => Array.from({ length: count }, (_, n) => n);

/** What is promised where history meets what is being appended. */
export function describeCatchUp(
  current: () => EventStore,
  follow: (options: Parameters<EventStore['follow']>[0]) => Feed,
): void {
  /** The streams are of three categories, in turn. */
  const place = (n: number) => append(current(), `${CATEGORIES[n % 3]}-${n}`, 'no-stream', event('E', { n }));

  describe('a catch-up', () => {
    it('while others append has no gap and no double, wherever it begins', async () => {
      const recorded = (await Promise.all(counted(300).map(place))).flat();
      const starts = [START, recorded[99]?.position ?? START, recorded[298]?.position ?? START];
      const seen = starts.map((after, index) => take(follow({ after, batch: 5 + index }), [600, 500, 301][index] ?? 0));
      for (let from = 300; from < 600; from += 50) await Promise.all(counted(50).map((n) => place(from + n)));
      expect(await Promise.all(seen)).toEqual([counted(600), counted(600).slice(100), counted(600).slice(299)]);
    });

    it('never gives a position beyond an event that is still to come', async () => {
      await Promise.all(counted(100).map(place));
      const feed = follow({ after: START, categories: ['invoice'], batch: 3 });
      const appending = Promise.all(counted(100).map((n) => place(100 + n)));
      const batches: Batch[] = [];
      for (let seen = 0; seen < 67;) {
        const batch = await feed.next();
        if (!batch) break;
        batches.push(batch);
        seen += batch.events.length;
      }
      await appending;
      let before: Position = START;
      for (const { events, position } of batches) {
        expect(position).toBeGreaterThan(before);
        for (const one of events) expect([one.position > before, one.position <= position]).toEqual([true, true]);
        before = position;
      }
    });

    it('can go on, for whatever categories, from any position it was given', async () => {
      const recorded = (await Promise.all(counted(60).map(place))).flat();
      const head = await current().head();
      const batches = await followTo(follow({ after: START, categories: ['claim'], batch: 4 }), head);
      for (const { position } of batches.filter((batch) => batch.position < head)) {
        const rest = await followTo(follow({ after: position }), head);
        expect(rest.flatMap(({ events }) => events)).toEqual(recorded.filter((one) => one.position > position));
      }
    });

    it('that is closed in the middle ends, and leaves the others alone', async () => {
      await Promise.all(counted(60).map(place));
      const [closed, other] = [follow({ after: START, batch: 4 }), follow({ after: START, batch: 4 })];
      const seen = await take(closed, 4);
      expect(seen).toEqual(counted(seen.length));
      const waiting = closed.next();
      closed.close();
      await waiting;
      expect(await closed.next()).toBeUndefined();
      expect(await take(other, 60)).toEqual(counted(60));
    });

    it('of many at once gives each its own', async () => {
      await Promise.all(counted(60).map(place));
      const feeds = counted(15).map((n) => follow({ after: START, categories: CATEGORIES.slice(0, (n % 3) + 1) }));
      const seen = feeds.map((feed, n) => take(feed, [40, 80, 120][n % 3] ?? 0));
      await Promise.all(counted(60).map((n) => place(60 + n)));
      for (const [n, all] of (await Promise.all(seen)).entries()) {
        expect(all).toEqual(counted(120).filter((one) => one % 3 <= n % 3));
      }
    });

    it('gives no more at once than it is asked for, and goes on behind the last of them', async () => {
      await Promise.all(counted(60).map(place));
      const batches = await followTo(follow({ after: START, batch: 10 }), await current().head());
      expect(numbers(batches.flatMap(({ events }) => events))).toEqual(counted(60));
      const full = batches.filter(({ events }) => events.length >= 10);
      expect(full.map(({ events, position }) => [events.length, position])).toEqual(
        full.map(({ events }) => [10, events.at(-1)?.position]),
      );
    });
  });
}
