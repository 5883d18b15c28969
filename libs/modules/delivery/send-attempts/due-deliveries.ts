import type { Collection } from '../../../platform/read-model/index.ts';
import { laneOf, testLaneOf, type DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { isReleased, statusOf } from '../delivery/delivery-status.ts';
import type { Lane } from '../lanes/lanes.projection.ts';

export type DuePage = {
  readonly due: readonly DeliveryDocument[];
  /** Due later, as far as this page saw. */
  readonly nextDueAt: number | null;
  /** There may be more that is due now. */
  readonly more: boolean;
};

/** The next deliveries of a lane that are due, of the current round or released into a new one, oldest due first. */
export async function readDue(
  deliveries: Collection<DeliveryDocument>,
  lane: Lane,
  kind: 'event' | 'test',
  now: number,
  limit: number,
): Promise<DuePage> {
  const name = kind === 'test' ? testLaneOf(lane.webhookId) : laneOf(lane.webhookId, lane.epoch);
  const released = kind === 'event' ? await readReleased(deliveries, lane, limit) : [];
  const page = await deliveries.find({
    where: [
      { field: 'lane', eq: name },
      { field: 'dueAt', exists: true },
    ],
    sort: { field: 'dueAt', direction: 'asc' },
    limit,
  });
  const current = page.items.map((item) => item.document);
  const due = current.filter((d) => (d.dueAt ?? Infinity) <= now && statusOf(d, lane) === 'pending');
  const later = current.find((d) => (d.dueAt ?? 0) > now);
  return {
    due: [...released, ...due],
    nextDueAt: later?.dueAt ?? null,
    more: released.length === limit || (later === undefined && page.items.length === limit),
  };
}

async function readReleased(
  deliveries: Collection<DeliveryDocument>,
  lane: Lane,
  limit: number,
): Promise<DeliveryDocument[]> {
  if (!lane.release || lane.release.epoch !== lane.epoch) return [];
  const page = await deliveries.find({
    where: [
      { field: 'webhookId', eq: lane.webhookId },
      { field: 'outcome', eq: 'unfinished' },
      { field: 'kind', eq: 'event' },
      { field: 'epoch', gt: lane.cancelledUpTo, lte: lane.release.upTo },
    ],
    sort: { field: 'eventPosition', direction: 'asc' },
    limit,
  });
  return page.items.map((item) => item.document).filter((document) => isReleased(document, lane));
}
