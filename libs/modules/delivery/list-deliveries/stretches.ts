import { setImmediate } from 'node:timers/promises';
import type { Collection } from '../../../platform/read-model/index.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';

const LEAST_STRETCH = 100_000;
const MOST_STRETCHES = 50;

/**
 * Positions that lead through all deliveries from the newest to the oldest, a stretch at a time: each is where one ends that begins
 * at the one before. Others have a turn between, so that few that fit among a million are looked for without holding anybody up.
 */
export async function* stretchesOf(
  deliveries: Pick<Collection<DeliveryDocument>, 'checkpoint'>,
): AsyncGenerator<number> {
  const newest = await deliveries.checkpoint();
  const stretch = Math.max(LEAST_STRETCH, Math.ceil(newest / MOST_STRETCHES));
  for (let downTo = newest - stretch; ; downTo -= stretch) {
    yield Math.max(downTo, 0);
    if (downTo <= 0) return;
    await setImmediate();
  }
}
