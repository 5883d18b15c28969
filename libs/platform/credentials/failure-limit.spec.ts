import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../runtime/index.ts';
import { FailureLimit } from './failure-limit.ts';

const MINUTE = 60_000;
const made = () => {
  const clock = new ManualClock(1_700_000_000_000);
  const limit = new FailureLimit({ failures: 10, perMs: MINUTE }, clock);
  const fail = (times: number, key = 'k') => {
    for (let i = 0; i < times; i++) limit.take(key);
  };
  return { clock, limit, fail };
};

describe('the limit of failures', () => {
  it('lets ten through at once, and then none', () => {
    const { limit, fail } = made();
    fail(9);
    expect(limit.wait('k')).toBe(0);
    fail(1);
    expect(limit.wait('k')).toBe(6_000);
  });

  it('lets another one through every six seconds', () => {
    const { clock, limit, fail } = made();
    fail(10);
    clock.advance(5_999);
    expect(limit.wait('k')).toBe(1);
    clock.advance(1);
    expect(limit.wait('k')).toBe(0);
    fail(1);
    expect(limit.wait('k')).toBe(6_000);
  });

  it('forgives everything after a minute, and no more than that', () => {
    const { clock, limit, fail } = made();
    fail(10);
    clock.advance(60 * MINUTE);
    fail(10);
    expect(limit.wait('k')).toBe(6_000);
  });

  it('is not touched by what was no failure', () => {
    const { limit, fail } = made();
    fail(9);
    for (let i = 0; i < 100; i++) {
      limit.take('k');
      limit.giveBack('k');
    }
    expect(limit.wait('k')).toBe(0);
  });

  it('counts each key by itself', () => {
    const { limit, fail } = made();
    fail(10);
    expect(limit.wait('another')).toBe(0);
  });
});
