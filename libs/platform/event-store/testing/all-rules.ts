import { describe, expect, it } from '@jest/globals';
import { START } from '../../kernel/index.ts';
import type { EventStore } from '../port.ts';
import { append, ascending, event, readOn } from './fixtures.ts';

/** What the order of the whole store promises. */
export function describeAll(current: () => EventStore): void {
  describe('$all', () => {
    it('has one order, which is that of the calls of one writer', async () => {
      const streams = Array.from({ length: 100 }, (_, n) => `order-${n}`);
      await Promise.all(streams.map((stream) => append(current(), stream, 'no-stream', event())));
      const { events } = await current().readAll({ after: START, limit: 1_000 });
      expect(events.map((e) => e.stream)).toEqual(streams);
      expect(ascending(events)).toBe(true);
    });

    it('has the order of the calls, whatever they expect', async () => {
      const streams = Array.from({ length: 30 }, (_, n) => `order-${n}`);
      await Promise.all(streams.map((stream, n) => append(current(), stream, n % 3 ? 'no-stream' : 'any', event())));
      const { events } = await current().readAll({ after: START, limit: 100 });
      expect(events.map((e) => e.stream)).toEqual(streams);
    });

    it('can be read after any position, in pages, without a gap or a double', async () => {
      for (let n = 0; n < 25; n++) await append(current(), `order-${n % 3}`, 'any', event('E', { n }));
      expect(await readOn(current(), START, undefined, 4)).toEqual(Array.from({ length: 25 }, (_, n) => n));
    });

    it('can be narrowed to categories; the position moves over what does not match', async () => {
      await append(current(), 'order-1', 'no-stream', event('A', { n: 0 }));
      await append(current(), 'orderLine-1', 'no-stream', event('B', { n: 1 }));
      await append(current(), 'invoice-1', 'no-stream', event('C', { n: 2 }));
      expect(await readOn(current(), START, ['order', 'invoice'], 10)).toEqual([0, 2]);
      const rest = await current().readAll({ after: START, categories: ['nothing'], limit: 10 });
      expect(rest.events).toEqual([]);
      expect(rest.position).toBeGreaterThanOrEqual(await current().head());
    });

    it('has a head: START while empty, then the newest position', async () => {
      expect(await current().head()).toBe(START);
      const [recorded] = await append(current(), 'order-1', 'no-stream', event());
      expect(await current().head()).toBe(recorded?.position);
    });
  });
}
