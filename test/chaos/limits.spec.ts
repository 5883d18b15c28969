import { describe, expect, it } from '@jest/globals';
import { beyondRate, mostAtOnce } from './limits.ts';
import type { Receipt } from './receivers.ts';

const receipt = (changes: Partial<Receipt>): Receipt => ({
  ...{ number: 1, hookId: 'a', hook: 'plain', isTest: false, run: 1, status: 200, at: 0, atOnce: 1 },
  ...changes,
});
const at = (...times: number[]) => times.map((time) => receipt({ at: time }));
const many = (count: number, time: number) => Array.from({ length: count }, () => time);
const limits = { ratePerSecond: 10, burst: 20 };

describe('requests at the same time', () => {
  it('are the most there were, without tests', () => {
    const receipts = [1, 3, 2].map((atOnce) => receipt({ atOnce }));
    expect(mostAtOnce([...receipts, receipt({ atOnce: 4, isTest: true })])).toBe(3);
    expect(mostAtOnce([])).toBe(0);
  });
});

describe('requests beyond a rate of 10 in a second, with bursts of 20', () => {
  it('are none while nothing came', () => expect(beyondRate([], limits)).toBeLessThanOrEqual(0));

  it('are none in a burst, and what may be late with it', () => {
    expect(beyondRate(at(...many(30, 5_000)), limits)).toBe(0);
  });

  it('are those of a second burst right after the first', () => {
    expect(beyondRate(at(...many(20, 5_000), ...many(20, 5_100)), limits)).toBe(9);
  });

  it('are none once the time for it has passed', () => {
    expect(beyondRate(at(...many(20, 0), ...many(20, 2_000)), limits)).toBeLessThanOrEqual(0);
  });

  it('add up where a rate is a little too high for long', () => {
    const steady = (everyMs: number) => Array.from({ length: 1_000 }, (_, n) => n * everyMs);
    expect(beyondRate(at(...steady(100)), limits)).toBeLessThanOrEqual(0);
    expect(beyondRate(at(...steady(90)), limits)).toBeGreaterThan(0);
  });
});
