import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Lately } from './lately.ts';

const CAPACITY = 5;

describe('what was set lately', () => {
  it('is kept as it was set last, and no more than twice as much of it as asked for', () => {
    const keys = fc.array(fc.integer({ min: 0, max: 30 }).map(String), { maxLength: 200 });
    fc.assert(
      fc.property(keys, (sets) => {
        const lately = new Lately<number>(CAPACITY);
        sets.forEach((key, n) => lately.set(key, n));
        const newest = [...new Set([...sets].reverse())].slice(0, CAPACITY);
        expect(newest.map((key) => lately.get(key))).toEqual(newest.map((key) => sets.lastIndexOf(key)));
        expect([...new Set(sets)].filter((key) => lately.get(key) !== undefined).length).toBeLessThanOrEqual(
          2 * CAPACITY,
        );
      }),
    );
  });

  it('is forgotten by a clearing', () => {
    const lately = new Lately<number>(1);
    lately.set('a', 1);
    lately.set('b', 2);
    lately.clear();
    expect([lately.get('a'), lately.get('b')]).toEqual([undefined, undefined]);
  });
});
