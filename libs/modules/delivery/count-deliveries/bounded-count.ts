import { setImmediate } from 'node:timers/promises';
import type { Collection, Condition } from '../../../platform/read-model/index.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';

/** Counted exactly up to here. */
export const MOST_COUNTED = 10_000;
const LEAST_STRETCH = 100_000;
const MOST_STRETCHES = 50;

export type Count = { readonly count: number; readonly atLeast: boolean };
export const bounded = (count: number): Count => ({
  count: Math.min(count, MOST_COUNTED),
  atLeast: count > MOST_COUNTED,
});

/**
 * How many fit, or one more than `MOST_COUNTED`. It looks at a stretch of positions at a time, the newest first, and lets others have
 * a turn between: few that fit among a million are counted without holding anybody up.
 */
export async function countUpToMost(
  deliveries: Pick<Collection<DeliveryDocument>, 'count' | 'checkpoint'>,
  where: readonly Condition[],
  place = 'eventPosition',
): Promise<number> {
  const newest = await deliveries.checkpoint();
  const stretch = Math.max(LEAST_STRETCH, Math.ceil(newest / MOST_STRETCHES));
  let count = 0;
  for (let above = newest - stretch, upTo: number | undefined; count <= MOST_COUNTED; above -= stretch) {
    const within = { field: place, gt: above, ...(upTo === undefined ? {} : { lte: upTo }) };
    count += await deliveries.count([...where, within], MOST_COUNTED + 1 - count);
    if (above < 0) break;
    upTo = above;
    await setImmediate();
  }
  return count;
}
