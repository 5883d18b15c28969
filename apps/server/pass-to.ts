import type { Instant } from '../../libs/platform/kernel/index.ts';
import type { ManualClock } from '../../libs/platform/runtime/index.ts';

/** Moves the clock to each instant that something waits for, and lets that happen, until nothing waits for one before `end`. */
export async function passTo(clock: ManualClock, end: Instant, settled: () => Promise<void>): Promise<void> {
  await settled();
  for (let next = clock.nextTimer(); next !== undefined && next <= end; next = clock.nextTimer()) {
    clock.advanceTo(Math.max(next, clock.now()));
    await settled();
  }
  clock.advanceTo(end);
  await settled();
}
