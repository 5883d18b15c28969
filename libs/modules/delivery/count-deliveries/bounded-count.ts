import type { Collection, Condition } from '../../../platform/read-model/index.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { stretchesOf } from '../list-deliveries/stretches.ts';

/** Counted exactly up to here. */
export const MOST_COUNTED = 10_000;

export type Count = { readonly count: number; readonly atLeast: boolean };
export const bounded = (count: number): Count => ({
  count: Math.min(count, MOST_COUNTED),
  atLeast: count > MOST_COUNTED,
});

/** How many fit, or one more than `MOST_COUNTED`: a stretch at a time. */
export async function countUpToMost(
  deliveries: Pick<Collection<DeliveryDocument>, 'count' | 'checkpoint'>,
  where: readonly Condition[],
  place = 'eventPosition',
): Promise<number> {
  let count = 0;
  let upTo: number | undefined;
  for await (const downTo of stretchesOf(deliveries, where)) {
    const within = { field: place, gte: downTo, ...(upTo === undefined ? {} : { lt: upTo }) };
    count += await deliveries.count([...where, within], MOST_COUNTED + 1 - count);
    if (count > MOST_COUNTED) break;
    upTo = downTo;
  }
  return count;
}
