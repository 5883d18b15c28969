import { setImmediate } from 'node:timers/promises';
import type { Collection, Condition } from '../../../platform/read-model/index.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';

/** Each has an index of its own; of the first there are the fewest deliveries with one value. */
export const LEADING = ['eventId', 'redeliveryId', 'webhookId', 'eventWorkspaceId', 'workspaceId'];

/** Looked through in one go. */
const FEW = 10_000;
const LEAST_STRETCH = 100_000;
const MOST_STRETCHES = 50;

/**
 * Positions that lead through all deliveries from the newest to the oldest, a stretch at a time: each is where one
 * ends that begins at the one before. Others have a turn between, so that few that fit among a million are looked for without
 * holding anybody up. One stretch is all where an index leads to what fits, or there is little to look through.
 */
export async function* stretchesOf(
  deliveries: Pick<Collection<DeliveryDocument>, 'count' | 'checkpoint'>,
  where: readonly Condition[],
): AsyncGenerator<number> {
  const { led, isAll } = ledBy(where);
  if (isAll || (await deliveries.count(led, FEW + 1)) <= FEW) {
    yield 0;
    return;
  }
  const newest = await deliveries.checkpoint();
  const stretch = Math.max(LEAST_STRETCH, Math.ceil(newest / MOST_STRETCHES));
  for (let downTo = newest - stretch; ; downTo -= stretch) {
    yield Math.max(downTo, 0);
    if (downTo <= 0) return;
    await setImmediate();
  }
}

/** The conditions that an index answers, and whether no other leaves any delivery out that it leads to. */
function ledBy(where: readonly Condition[]): { readonly led: readonly Condition[]; readonly isAll: boolean } {
  const isGiven = (field: string): boolean => where.some((each) => each.field === field && 'eq' in each);
  // And so of one workspace.
  const isOfOneWebhook = isGiven('redeliveryId') || isGiven('webhookId');
  const answered = isOfOneWebhook ? ['redeliveryId', 'webhookId', 'outcome'] : LEADING;
  const led = where.filter((each) => 'exists' in each || ('eq' in each && answered.includes(each.field)));
  const others = where.filter((each) => !led.includes(each) && !(isOfOneWebhook && each.field === 'workspaceId'));
  return { led, isAll: isGiven('eventId') || others.length === 0 };
}
