import type { Collection, Condition } from '../../../platform/read-model/index.ts';
import type { Position } from '../../../platform/kernel/index.ts';
import { countUpToMost, MOST_COUNTED } from '../count-deliveries/bounded-count.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { standingAs } from '../delivery/delivery-status.ts';
import type { Lane } from '../lanes/lanes.projection.ts';
import { narrowed, type Wanted } from './redelivery-pages.ts';
import { outcomesIn, roundCause } from './round-cause.ts';

/** How many deliveries of a webhook a job would ask for now; null for more than `MOST_COUNTED`. */
export async function expectedOf(
  deliveries: Collection<DeliveryDocument>,
  wanted: Wanted,
  lane: Lane,
  upTo: Position,
): Promise<number | null> {
  const { webhookId, what, filter, deliveryIds } = wanted;
  if (deliveryIds) {
    const those = await deliveries.getMany(deliveryIds);
    return those.filter(({ document }) => roundCause(what, document, lane, filter) !== null).length;
  }
  const where: readonly Condition[] = [
    { field: 'webhookId', eq: webhookId },
    { field: 'eventPosition', lte: upTo },
    ...narrowed(wanted),
  ];
  let count = 0;
  for (const outcome of outcomesIn(what, filter)) {
    const standings = outcome === 'unfinished' ? standingAs('held', lane) : [[]];
    for (const standing of standings) {
      count += await countUpToMost(deliveries, [...where, { field: 'outcome', eq: outcome }, ...standing]);
      if (count > MOST_COUNTED) return null;
    }
  }
  return count;
}
