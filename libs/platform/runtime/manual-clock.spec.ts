import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ManualClock } from './manual-clock.ts';

describe('a manual clock', () => {
  it('stands still until it is moved, forward only', () => {
    const clock = new ManualClock(1_000);
    expect(clock.now()).toBe(1_000);
    clock.advance(500);
    clock.advanceTo(1_500);
    expect(clock.now()).toBe(1_500);
    expect(() => clock.advanceTo(1_499)).toThrow(RangeError);
    expect(() => clock.advance(-1)).toThrow(RangeError);
    expect(clock.now()).toBe(1_500);
  });

  it('wakes what it has reached, each once and in order of time, whatever the steps it is moved by', () => {
    const instants = fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 20 });
    fc.assert(
      fc.property(instants, fc.array(fc.nat(40), { maxLength: 10 }), (timers, steps) => {
        const clock = new ManualClock(0);
        const woken: number[] = [];
        for (const at of timers) {
          clock.at(at, () => {
            expect(at).toBeLessThanOrEqual(clock.now());
            woken.push(at);
          });
        }
        for (const step of steps) clock.advance(step);
        expect(woken).toEqual(timers.filter((at) => at <= clock.now()).sort((a, b) => a - b));
      }),
    );
  });

  it('wakes for an instant that has passed, soon and not within the call', async () => {
    const clock = new ManualClock(1_000);
    let woken = 0;
    clock.at(999, () => woken++);
    expect(woken).toBe(0);
    await Promise.resolve();
    expect(woken).toBe(1);
    clock.advance(1);
    expect(woken).toBe(1);
  });

  it('does not wake what was cancelled, even by another that wakes at the same move', () => {
    const clock = new ManualClock(0);
    const woken: string[] = [];
    const cancelled = clock.at(10, () => woken.push('cancelled'));
    const cancelledLater = clock.at(20, () => woken.push('cancelled later'));
    clock.at(15, () => {
      woken.push('cancels');
      cancelledLater();
    });
    cancelled();
    cancelled();
    clock.advanceTo(30);
    expect(woken).toEqual(['cancels']);
  });

  it('says what it waits for next', () => {
    const clock = new ManualClock(0);
    expect(clock.nextTimer()).toBeUndefined();
    const cancel = clock.at(10, () => undefined);
    clock.at(20, () => undefined);
    expect(clock.nextTimer()).toBe(10);
    cancel();
    expect(clock.nextTimer()).toBe(20);
    clock.advanceTo(20);
    expect(clock.nextTimer()).toBeUndefined();
  });
});
