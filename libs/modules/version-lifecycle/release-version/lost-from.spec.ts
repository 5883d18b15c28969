import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lostFrom } from './lost-from.ts';

describe('what is lost', () => {
  it('is nothing of what is still there, whatever has been added to an object', () => {
    expect(lostFrom({ a: { b: [1, { c: null }] } }, { x: 0, a: { b: [1, { c: null, y: 0 }] } }, 'data')).toEqual([]);
    expect(lostFrom({}, { a: 1 }, 'data')).toEqual([]);
  });

  it('is told by its path', () => {
    const before = { gone: 1, other: 'a', kind: {}, list: [1], items: [{ a: 1 }, { a: 2 }] };
    const after = { other: 'b', kind: [], list: [1, 2], items: [{ a: 1 }, { a: '2' }] };
    expect(lostFrom(before, after, 'data')).toEqual([
      'data.gone',
      'data.other',
      'data.kind',
      'data.list',
      'data.items[1].a',
    ]);
  });

  it('is not what every object has', () => {
    expect(lostFrom({ constructor: 1 }, {}, 'data')).toEqual(['data.constructor']);
  });

  it('is nothing of a copy, and something where two values are not the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        expect(lostFrom(one, JSON.parse(JSON.stringify(one)), 'data')).toEqual([]);
        const both = lostFrom(one, other, 'data').length + lostFrom(other, one, 'data').length;
        expect(both === 0).toBe(JSON.stringify(sorted(one)) === JSON.stringify(sorted(other)));
      }),
    );
  });
});

/** With the keys of objects in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return members.map(([key, member]) => [key, sorted(member)]).concat([['an', 'object']]);
}
