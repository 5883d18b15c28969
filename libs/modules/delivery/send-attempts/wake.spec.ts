import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../../platform/runtime/index.ts';
import { Wake } from './wake.ts';

let clock: ManualClock;
let wake: Wake;
let woken: number[];
beforeEach(() => {
  clock = new ManualClock(1_000);
  wake = new Wake();
  woken = [];
});
const at = (instant: number) => wake.at(clock, instant, () => void woken.push(clock.now()));

describe('a wake', () => {
  it('is one timer, at the earliest of the instants it is told of', () => {
    for (const instant of [3_000, 2_000, 5_000]) at(instant);
    expect(clock.nextTimer()).toBe(2_000);
    clock.advanceTo(10_000);
    expect(woken).toEqual([10_000]);
    expect(clock.nextTimer()).toBeUndefined();
  });

  it('can be set again once it has rung, also from within', () => {
    wake.at(clock, 2_000, () => at(1_500));
    clock.advanceTo(2_000);
    at(4_000);
    clock.advanceTo(2_000);
    expect(woken).toEqual([2_000]);
    at(4_000);
    clock.advanceTo(4_000);
    expect(woken).toEqual([2_000, 4_000]);
  });

  it('does not ring when it is cancelled, and forgets when it would have', () => {
    at(2_000);
    wake.cancel();
    at(3_000);
    clock.advanceTo(5_000);
    expect(woken).toEqual([5_000]);
  });
});
