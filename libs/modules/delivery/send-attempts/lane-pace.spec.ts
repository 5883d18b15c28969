import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defaultDelivery } from '../../webhook-configuration/contract.ts';
import type { AttemptOutcome } from '../delivery/delivery.commands.ts';
import { LanePace } from './lane-pace.ts';

const success: AttemptOutcome = { ok: true, statusCode: 200, answer: '' };
const answered = (statusCode: number, retryAfterSeconds?: number): AttemptOutcome => ({
  ok: false,
  statusCode,
  errorClass: 'http-status',
  error: 'no',
  ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
});
const failed = (errorClass: string): AttemptOutcome => ({ ok: false, errorClass, error: 'no' });

const START = 1_000_000;
const HOUR = 3_600_000;
const paceWith = (limits: Partial<typeof defaultDelivery> = {}) => new LanePace({ ...defaultDelivery, ...limits });
/** As often as it may at this instant. */
function beginAll(pace: LanePace, now: number, atMost = 1_000): number {
  let begun = 0;
  for (; begun < atMost && pace.readyAt(now) <= now; begun++) pace.began();
  return begun;
}
const waitOf = (pace: LanePace, now = START) => Math.max(0, pace.readyAt(now) - now);
const end = (pace: LanePace, outcome: AttemptOutcome, times = 1, now = START) => {
  for (let i = 0; i < times; i++) pace.ended(outcome, now);
};

describe('a lane with a rate', () => {
  it('begins its burst at once, and then one whenever its share of a second has passed', () => {
    const pace = paceWith({ ratePerSecond: 4, burst: 3 });
    expect(beginAll(pace, START)).toBe(3);
    expect(waitOf(pace)).toBe(250);
    expect(beginAll(pace, START + 249)).toBe(0);
    expect(beginAll(pace, START + 250)).toBe(1);
    expect(beginAll(pace, START + 700)).toBe(1);
    expect(beginAll(pace, START + 750)).toBe(1);
    expect(beginAll(pace, START + HOUR)).toBe(3);
  });

  it('says when the next may begin, and that is neither too early nor too late', () => {
    const rates = fc.double({ min: 0.1, max: 500, noNaN: true });
    fc.assert(
      fc.property(rates, fc.integer({ min: 2, max: 50 }), (ratePerSecond, burst) => {
        const pace = paceWith({ ratePerSecond, burst });
        let now = START;
        for (let begun = 0; begun < burst + 200; begun++) {
          now = Math.max(now, pace.readyAt(now));
          expect(pace.readyAt(now)).toBeLessThanOrEqual(now);
          pace.began();
          const earliest = START + (Math.max(0, begun + 1 - burst) / ratePerSecond) * 1_000;
          expect(now).toBeGreaterThan(earliest - 0.01);
          // The clock counts whole milliseconds, and what falls between two of them is not lost.
          expect(now).toBeLessThan(earliest + 1.01);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('never begins more than its burst and its rate allow, over any span of time', () => {
    const steps = fc.array(fc.record({ passed: fc.integer({ min: 0, max: 3_000 }), wanted: fc.nat(20) }), {
      minLength: 1,
      maxLength: 60,
    });
    const rates = fc.double({ min: 0.1, max: 50, noNaN: true });
    fc.assert(
      fc.property(rates, fc.integer({ min: 1, max: 10 }), steps, (ratePerSecond, burst, list) => {
        const pace = paceWith({ ratePerSecond, burst });
        const begun: number[] = [];
        let now = START;
        for (const { passed, wanted } of list) {
          now += passed;
          begun.push(...Array<number>(beginAll(pace, now, wanted)).fill(now));
        }
        begun.forEach((from, first) => {
          const last = begun.findLastIndex((at) => at <= from + 2_000);
          const span = ((begun[last] ?? from) - from) / 1_000;
          expect(last - first + 1).toBeLessThanOrEqual(burst + ratePerSecond * span + 0.001);
        });
      }),
    );
  });

  it('that is changed counts on: what was begun is not forgotten, and a smaller burst counts at once', () => {
    const pace = paceWith({ ratePerSecond: 1, burst: 10 });
    expect(beginAll(pace, START, 4)).toBe(4);
    pace.change({ ...defaultDelivery, ratePerSecond: 1, burst: 2 });
    expect(beginAll(pace, START)).toBe(2);
    pace.change({ ...defaultDelivery, ratePerSecond: 10, burst: 2 });
    expect(waitOf(pace)).toBe(100);
    pace.change({ ...defaultDelivery, ratePerSecond: null });
    expect(waitOf(pace)).toBe(0);
  });
});

describe('a lane without a rate', () => {
  it('never waits for its burst', () => {
    expect(beginAll(paceWith({ burst: 1 }), START)).toBe(1_000);
  });
});

describe('the attempts a lane may have in flight', () => {
  it('are four at first, and one more with each success up to its concurrency', () => {
    const pace = paceWith({ concurrency: 6 });
    const windows = [0, 1, 2, 3].map(() => {
      const { window } = pace;
      end(pace, success);
      return window;
    });
    expect(windows).toEqual([4, 5, 6, 6]);
  });

  it.each(['timeout', 'connect-timeout', 'dns'])('are half as many after a failure by %s, and one at least', (kind) => {
    const pace = paceWith({ concurrency: 64 });
    end(pace, success, 60);
    const windows = [1, 2, 3, 4, 5, 6, 7].map(() => {
      end(pace, failed(kind));
      return pace.window;
    });
    expect(windows).toEqual([32, 16, 8, 4, 2, 1, 1]);
    expect(pace.troubled).toBe(true);
    end(pace, success);
    expect([pace.window, pace.troubled]).toEqual([2, false]);
  });

  it.each([answered(500), answered(404), failed('connect-refused'), failed('tls')])(
    'stay as they are after %j',
    (no) => {
      const pace = paceWith();
      end(pace, no, 5);
      expect([pace.window, pace.troubled, waitOf(pace)]).toEqual([4, false, 0]);
    },
  );

  it('follow a changed concurrency at once, down and up', () => {
    const pace = paceWith({ concurrency: 100 });
    end(pace, success, 96);
    pace.change({ ...defaultDelivery, concurrency: 3 });
    expect(pace.window).toBe(3);
    pace.change({ ...defaultDelivery, concurrency: 50 });
    expect(pace.window).toBe(50);
  });

  it('are one where order is strict, whatever succeeds', () => {
    const pace = paceWith({ strictOrder: true });
    end(pace, success, 10);
    expect(pace.window).toBe(1);
    end(pace, failed('timeout'));
    expect(pace.window).toBe(1);
  });

  it('are never fewer than one nor more than the concurrency, whatever happens', () => {
    const outcomes = fc.constantFrom(success, success, answered(429), answered(500), failed('timeout'));
    const steps = fc.array(fc.oneof(outcomes, fc.integer({ min: 1, max: 256 })), { maxLength: 100 });
    fc.assert(
      fc.property(steps, fc.boolean(), (list, strictOrder) => {
        let concurrency = 16;
        const pace = paceWith({ concurrency, strictOrder });
        for (const each of list) {
          if (typeof each === 'object') end(pace, each);
          else pace.change({ ...defaultDelivery, strictOrder, concurrency: (concurrency = each) });
          expect(pace.window).toBeGreaterThanOrEqual(1);
          expect(pace.window).toBeLessThanOrEqual(strictOrder ? 1 : concurrency);
        }
      }),
    );
  });
});

describe('a receiver that asks for patience', () => {
  it.each([429, 503])('with %i is left alone for a second, and twice as long each time, up to a minute', (status) => {
    const pace = paceWith();
    let now = START;
    const waits = Array.from({ length: 8 }, () => {
      pace.ended(answered(status), now);
      const wait = waitOf(pace, now);
      now += wait;
      return wait / 1_000;
    });
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    end(pace, success, 1, now);
    pace.ended(answered(status), now);
    expect(waitOf(pace, now)).toBe(1_000);
  });

  it('is left alone as long as Retry-After says, up to an hour, whatever its status', () => {
    const waits = [
      [429, 120],
      [503, 86_400],
      [500, 5],
    ].map(([status = 0, seconds]) => {
      const pace = paceWith();
      pace.ended(answered(status, seconds), START);
      return waitOf(pace);
    });
    expect(waits).toEqual([120_000, HOUR, 5_000]);
  });

  it('is not taken to have said so for each of many attempts that end together', () => {
    const pace = paceWith({ concurrency: 32 });
    end(pace, success, 28);
    end(pace, answered(429), 32);
    expect([pace.window, waitOf(pace)]).toEqual([1, 1_000]);
    pace.ended(answered(429), START + 1_000);
    expect(waitOf(pace, START + 1_000)).toBe(2_000);
  });

  it('is left alone for the longest it asked for, and a success that was on its way shortens nothing', () => {
    const pace = paceWith();
    end(pace, answered(429, 30));
    end(pace, answered(429, 120));
    end(pace, answered(429, 10));
    end(pace, success);
    expect(waitOf(pace)).toBe(120_000);
  });

  it('is forgotten when another takes its place', () => {
    const pace = paceWith();
    end(pace, answered(429, 120));
    pace.moved();
    expect([waitOf(pace), pace.window, pace.troubled]).toEqual([0, 4, false]);
  });

  it('is slowed by its rate as well', () => {
    const pace = paceWith({ ratePerSecond: 0.1, burst: 1 });
    expect(beginAll(pace, START)).toBe(1);
    end(pace, answered(429, 2));
    expect(waitOf(pace)).toBe(10_000);
  });
});
