import { describe, expect, it } from '@jest/globals';
import { START } from '../../kernel/index.ts';
import { WrongExpectedRevision, type EventStore, type ExpectedRevision } from '../port.ts';
import { append, event, metadata } from './fixtures.ts';

/** What a stream and an expected revision promise. */
export function describeStreams(current: () => EventStore): void {
  describe('a stream', () => {
    it('is empty until something is appended', async () => {
      expect(await current().readStream('order-1')).toEqual([]);
    });

    it('gives back what was appended, in order, with revisions from 0', async () => {
      await append(
        current(),
        'order-1',
        'no-stream',
        event('Placed', { text: 'ü\u0000"', n: 1.5, list: [], nested: { a: null } }),
      );
      await append(current(), 'order-1', 0, event('Paid'), event('Shipped'));
      const events = await current().readStream('order-1');
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
      const recorded = await append(current(), 'order-1', 'no-stream', event('Placed', { n: 1 }));
      expect(recorded).toEqual(await current().readStream('order-1'));
    });

    it('can be read from a revision on, and only so far', async () => {
      await append(current(), 'order-1', 'no-stream', event('A'), event('B'), event('C'), event('D'));
      const part = await current().readStream('order-1', { from: 1, limit: 2 });
      expect(part.map((e) => e.type)).toEqual(['B', 'C']);
      const [first, ...rest] = await current().readStream('order-1', { limit: 1 });
      expect([first?.type, rest]).toEqual(['A', []]);
      expect(await current().readStream('order-1', { from: 4 })).toEqual([]);
    });

    it('gives back an event of 256 KiB, and a hundred events of one append', async () => {
      const large = await append(current(), 'order-1', 'no-stream', event('Large', { text: 'ü'.repeat(128 * 1024) }));
      expect(await current().readStream('order-1')).toEqual(large);
      const many = Array.from({ length: 100 }, (_, n) => event('E', { n, text: 'x'.repeat(n * 7) }));
      const recorded = await append(current(), 'order-2', 'no-stream', ...many);
      expect(recorded.map(({ id, revision }) => [id, revision])).toEqual(many.map(({ id }, n) => [id, n]));
      expect(await current().readStream('order-2')).toEqual(recorded);
      expect((await current().readAll({ after: START, limit: 200 })).events).toEqual([...large, ...recorded]);
    });

    it('has an id that may contain hyphens, dots and colons', async () => {
      const [recorded] = await append(current(), 'order-a-b.c:d_e', 'no-stream', event());
      expect(recorded).toMatchObject({ category: 'order', stream: 'order-a-b.c:d_e' });
    });
  });

  describe('an expected revision', () => {
    it('that is wrong refuses the append whole, and says what was found', async () => {
      await append(current(), 'order-1', 'no-stream', event());
      await expect(append(current(), 'order-1', 'no-stream', event(), event())).rejects.toMatchObject({
        name: 'WrongExpectedRevision',
        stream: 'order-1',
        expected: 'no-stream',
        actual: 0,
      });
      await expect(append(current(), 'order-1', 3, event())).rejects.toThrow(WrongExpectedRevision);
      await expect(append(current(), 'order-2', 0, event())).rejects.toMatchObject({ actual: 'no-stream' });
      expect(await current().readStream('order-1')).toHaveLength(1);
      expect(await current().readStream('order-2')).toEqual([]);
    });

    it('of "any" appends wherever the stream is', async () => {
      await append(current(), 'order-1', 'any', event('A'));
      await append(current(), 'order-1', 'any', event('B'));
      expect((await current().readStream('order-1')).map((e) => e.type)).toEqual(['A', 'B']);
    });

    it('lets exactly one of many concurrent writers through', async () => {
      const writers = Array.from({ length: 50 }, (_, n) =>
        append(current(), 'order-1', 'no-stream', event('Placed', { n })),
      );
      const outcomes = await Promise.allSettled(writers);
      expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1);
      expect(await current().readStream('order-1')).toHaveLength(1);
    });

    it('fails its own writer only, not those that share the commit', async () => {
      await append(current(), 'order-1', 'no-stream', event());
      const outcomes = await Promise.allSettled([
        append(current(), 'order-2', 'no-stream', event()),
        append(current(), 'order-1', 'no-stream', event()),
        append(current(), 'order-3', 'no-stream', event()),
      ]);
      expect(outcomes.map((o) => o.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await current().readStream('order-3')).toHaveLength(1);
    });
  });

  describe('an append of several events', () => {
    it('is whole or nothing, also beside others of the same stream in one commit', async () => {
      await append(current(), 'order-1', 'no-stream', event('A'));
      const outcomes = await Promise.allSettled([
        append(current(), 'order-1', 'no-stream', event('B'), event('B')),
        append(current(), 'order-1', 0, event('C'), event('C')),
        append(current(), 'order-1', 0, event('D')),
        append(current(), 'order-1', 2, event('E')),
        append(current(), 'order-1', 9, event('F'), event('F')),
        append(current(), 'order-1', 'any', event('G')),
      ]);
      expect(outcomes.map((o) => o.status)).toEqual([
        'rejected',
        'fulfilled',
        'rejected',
        'fulfilled',
        'rejected',
        'fulfilled',
      ]);
      const events = await current().readStream('order-1');
      expect(events.map((e) => `${e.type}${e.revision}`)).toEqual(['A0', 'C1', 'C2', 'E3', 'G4']);
    });
  });

  describe('the number of those that wait', () => {
    it('is that of the appends called and not answered', async () => {
      expect(current().waiting).toBe(0);
      const appends = Array.from({ length: 20 }, (_, n) => append(current(), `order-${n % 2}`, 'no-stream', event()));
      expect(current().waiting).toBe(20);
      await Promise.allSettled(appends);
      expect(current().waiting).toBe(0);
    });
  });

  describe('an append repeated with the same ids', () => {
    it.each<[string, ExpectedRevision]>([
      ['no-stream', 'no-stream'],
      ['any', 'any'],
    ])('under %s succeeds and writes nothing', async (_, expected) => {
      const events = [event('A'), event('B')];
      const first = await append(current(), 'order-1', expected, ...events);
      await append(current(), 'order-1', 1, event('C'));
      expect(await append(current(), 'order-1', expected, ...events)).toEqual(first);
      expect((await current().readStream('order-1')).map((e) => e.type)).toEqual(['A', 'B', 'C']);
    });

    it('under a revision succeeds and writes nothing', async () => {
      await append(current(), 'order-1', 'no-stream', event('A'));
      const events = [event('B'), event('C')];
      const first = await append(current(), 'order-1', 0, ...events);
      await append(current(), 'order-1', 2, event('D'));
      expect(await append(current(), 'order-1', 0, ...events)).toEqual(first);
      expect((await current().readStream('order-1')).map((e) => e.type)).toEqual(['A', 'B', 'C', 'D']);
    });

    it('answers what was recorded the first time, whatever it says now', async () => {
      const first = await append(current(), 'order-1', 'no-stream', event('A', { n: 1 }));
      const again = first.map(({ id }) => ({ id, type: 'B', data: { n: 2 } }));
      const later = { ...metadata, at: metadata.at + 1 };
      for (const expected of ['no-stream', 'any'] as const) {
        expect(await current().append({ stream: 'order-1', expected, events: again, metadata: later })).toEqual(first);
      }
    });

    it('but with another beside them is refused', async () => {
      const known = event('A');
      await append(current(), 'order-1', 'no-stream', known);
      const more = append(current(), 'order-1', 'no-stream', known, event('B'));
      await expect(more).rejects.toMatchObject({ name: 'WrongExpectedRevision', actual: 0 });
    });

    it('at the same time writes once', async () => {
      const same = event();
      const [a, b] = await Promise.all([
        append(current(), 'order-1', 'no-stream', same),
        append(current(), 'order-1', 'no-stream', same),
      ]);
      expect(a).toEqual(b);
      expect(await current().readStream('order-1')).toHaveLength(1);
    });
  });
}
