import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Recorded } from '../../../libs/platform/kernel/index.ts';
import { copiesOf } from './append-groups.ts';

const KIB = 1024;

const event = (stream: string, revision: number, more: { bytes?: number; trace?: string } = {}): Recorded => ({
  id: `${stream}@${revision}`,
  type: 'Happened',
  data: { text: 'ü'.repeat((more.bytes ?? 0) / 2) },
  stream,
  category: 'order',
  revision,
  position: revision,
  metadata: { at: 1, actor: 'client:a', traceId: more.trace ?? 't' },
});
const sizes = (events: Recorded[]) => copiesOf(events).map(({ request }) => request.events.length);

describe('events that are copied', () => {
  it('share an append where they stand together in a stream and in a command', () => {
    expect(sizes([event('a', 3), event('a', 4), event('a', 5)])).toEqual([3]);
    expect(sizes([event('a', 0), event('b', 0), event('a', 1)])).toEqual([1, 1, 1]);
    expect(sizes([event('a', 0), event('a', 2)])).toEqual([1, 1]);
    expect(sizes([event('a', 0, { trace: 'one' }), event('a', 1, { trace: 'two' })])).toEqual([1, 1]);
  });

  it('are expected where they were', () => {
    expect(copiesOf([event('a', 0)])[0]?.request.expected).toBe('no-stream');
    expect(copiesOf([event('a', 7), event('a', 8)])[0]?.request.expected).toBe(6);
  });

  it('stay far below a mebibyte together, unless one alone is larger', () => {
    const some = fc.array(fc.integer({ min: 0, max: 300 * KIB }), { maxLength: 20 });
    fc.assert(
      fc.property(some, (all) => {
        const copies = copiesOf(all.map((bytes, revision) => event('a', revision, { bytes })));
        expect(copies.flatMap(({ request }) => request.events.map(({ id }) => id))).toEqual(
          all.map((_, n) => `a@${n}`),
        );
        const shared = copies.filter(({ request }) => request.events.length > 1);
        for (const { request } of shared) expect(Buffer.byteLength(JSON.stringify(request))).toBeLessThan(512 * KIB);
      }),
      { numRuns: 20 },
    );
    expect(sizes(Array.from({ length: 1_200 }, (_, n) => event('a', n)))).toEqual([500, 500, 200]);
  });
});
