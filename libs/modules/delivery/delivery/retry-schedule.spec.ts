import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nextAttemptAt, parseRetryAfter } from './retry-schedule.ts';

const schedule = [0, 60, 300, 1800];

describe('the retry schedule', () => {
  it('gives three more attempts after the first, each after a longer wait, and then no more', () => {
    const waits = [1, 2, 3, 4].map((attempts) => nextAttemptAt(schedule, attempts, 0, { random: 0 }));
    expect(waits).toEqual([60_000, 300_000, 1_800_000, null]);
  });

  it('is only ever lengthened by jitter, by a tenth at most', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.integer({ min: 1, max: 3 }),
        (random, attempts) => {
          const wait = (schedule[attempts] ?? 0) * 1_000;
          const due = nextAttemptAt(schedule, attempts, 5_000, { random }) ?? 0;
          expect(due).toBeGreaterThanOrEqual(5_000 + wait);
          expect(due).toBeLessThanOrEqual(5_000 + wait * 1.1);
        },
      ),
    );
  });

  it('waits as long as Retry-After asks if that is longer, up to an hour', () => {
    const due = (retryAfterSeconds: number) => nextAttemptAt(schedule, 1, 0, { random: 0, retryAfterSeconds });
    expect([due(5), due(120), due(86_400)]).toEqual([60_000, 120_000, 3_600_000]);
  });
});

describe('Retry-After', () => {
  it('is seconds or a date, and nothing else', () => {
    const now = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');
    expect(parseRetryAfter('120', now)).toBe(120);
    expect(parseRetryAfter('Wed, 21 Oct 2026 07:29:00 GMT', now)).toBe(60);
    expect(parseRetryAfter('Wed, 21 Oct 2026 07:00:00 GMT', now)).toBe(0);
    expect(parseRetryAfter('soon', now)).toBeUndefined();
    expect(parseRetryAfter(undefined, now)).toBeUndefined();
  });
});
