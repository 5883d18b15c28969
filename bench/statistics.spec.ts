import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { latencies, median, percentile } from './statistics.ts';

const values = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1 });

describe('a percentile', () => {
  it('of one value is that value', () => {
    expect(percentile([7], 1)).toBe(7);
    expect(percentile([7], 99)).toBe(7);
  });

  it('stands between the two values it falls between', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(percentile([0, 100], 95)).toBeCloseTo(95);
  });

  it('of nothing is an error', () => {
    expect(() => median([])).toThrow(RangeError);
  });

  it('does not depend on the order of the values, and leaves them as they are', () => {
    fc.assert(
      fc.property(values, (given) => {
        const before = [...given];
        expect(percentile(given, 95)).toBe(percentile(given.toReversed(), 95));
        expect(given).toEqual(before);
      }),
    );
  });

  it('grows with the percentage, from the least value to the greatest', () => {
    fc.assert(
      fc.property(values, fc.nat(100), fc.nat(100), (given, a, b) => {
        expect(percentile(given, Math.min(a, b))).toBeLessThanOrEqual(percentile(given, Math.max(a, b)));
        expect(percentile(given, 0)).toBe(Math.min(...given));
        expect(percentile(given, 100)).toBe(Math.max(...given));
      }),
    );
  });
});

it('latencies come in microseconds and are told in milliseconds', () => {
  expect(latencies([2_000, 2_000, 2_000])).toEqual({ p50: 2, p95: 2, p99: 2 });
});
