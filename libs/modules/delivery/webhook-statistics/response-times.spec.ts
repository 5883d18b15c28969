import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { counting, percentile, together, type ResponseTimes } from './response-times.ts';

const none: ResponseTimes = {};
const timesOf = (...all: number[]) => all.reduce(counting, none);

/** The nearest rank, from every single value. */
function exactly(all: readonly number[], percent: number): number {
  const sorted = [...all].sort((a, b) => a - b);
  return sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? NaN;
}

describe('response times', () => {
  it('are told within 9.1 %, whatever they are', () => {
    for (let ms = 1; ms <= 40_000; ms++) {
      const told = percentile(timesOf(ms), 50) ?? NaN;
      expect(Math.abs(told - ms) / ms).toBeLessThanOrEqual(0.091);
    }
  });

  it('have percentiles within 9.1 % of those of the values themselves', () => {
    const values = fc.array(fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 60_000 })), {
      minLength: 1,
      maxLength: 300,
    });
    fc.assert(
      fc.property(values, fc.constantFrom(1, 50, 95, 99, 100), (all, percent) => {
        const exact = exactly(all, percent);
        expect(Math.abs((percentile(timesOf(...all), percent) ?? NaN) - exact) / exact).toBeLessThanOrEqual(0.091);
      }),
    );
  });

  it('of less than a millisecond are none, as are those of a clock that was set back', () => {
    expect(percentile(timesOf(0, 0.4, -5_000), 95)).toBe(0);
    expect(percentile(timesOf(0, 0, 100), 50)).toBe(0);
    expect(percentile(timesOf(0, 0, 100), 95)).toBeGreaterThan(90);
  });

  it('without any have no percentile', () => expect(percentile(none, 95)).toBeNull());

  it('are the same counted together as one after the other', () => {
    const several = fc.array(fc.array(fc.nat(100_000), { maxLength: 20 }), { maxLength: 5 });
    fc.assert(
      fc.property(several, (parts) =>
        expect(together(parts.map((part) => timesOf(...part)))).toEqual(timesOf(...parts.flat())),
      ),
    );
  });

  it('need few buckets: four for twice as much', () => {
    const octave = timesOf(...Array.from({ length: 1_024 }, (_, n) => 1_024 + n));
    expect(Object.keys(octave)).toHaveLength(4);
  });
});
