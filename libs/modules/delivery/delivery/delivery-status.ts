import type { Condition } from '../../../platform/read-model/index.ts';
import type { Lane } from '../lanes/lanes.projection.ts';
import type { DeliveryDocument } from './deliveries.projection.ts';

export const deliveryStatuses = [
  'pending',
  'held',
  'succeeded',
  'exhausted',
  'unrendered',
  'skipped',
  'cancelled',
] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

type Standing = Pick<DeliveryDocument, 'kind' | 'outcome' | 'epoch' | 'gone'>;
type LaneStanding = Pick<Lane, 'enabled' | 'removed' | 'epoch' | 'pendingFrom' | 'cancelledUpTo'>;

/** Where a delivery stands. Held and cancelled are nobody's event: they follow from its webhook going off, on, or away. */
export function statusOf(delivery: Standing, lane: LaneStanding | undefined): DeliveryStatus {
  if (delivery.outcome !== 'unfinished') return delivery.outcome;
  if (!lane) return 'pending';
  if (lane.removed) return 'cancelled';
  if (delivery.kind === 'test') return 'pending';
  if (delivery.epoch <= lane.cancelledUpTo) return 'cancelled';
  if (isReleased(delivery, lane)) return 'pending';
  // A later epoch than the lane's is one this process has not heard of yet.
  if (!delivery.gone && ((lane.enabled && delivery.epoch === lane.epoch) || delivery.epoch > lane.epoch))
    return 'pending';
  return 'held';
}

/** Held once, and let go since with all the lane held: its next attempt is the first of a new round. */
export const isReleased = ({ epoch }: Pick<Standing, 'epoch'>, lane: LaneStanding): boolean =>
  lane.enabled && epoch < lane.epoch && epoch >= lane.pendingFrom && epoch > lane.cancelledUpTo;

/** Statuses that no outcome tells: those of what is unfinished. */
export type UnfinishedStatus = 'pending' | 'held' | 'cancelled';
export const isUnfinished = (status: DeliveryStatus): status is UnfinishedStatus =>
  status === 'pending' || status === 'held' || status === 'cancelled';

/**
 * The unfinished deliveries of a webhook that have this status, in conditions: those that fit any of the lists, and none fits two.
 * Between a 410 and its webhook's going off, `statusOf` has one that is gone as held already, and these as pending.
 */
export function standingAs(status: UnfinishedStatus, lane: LaneStanding): readonly (readonly Condition[])[] {
  const event = { field: 'kind', eq: 'event' };
  if (lane.removed) return status === 'cancelled' ? [[]] : [];
  /** The first epoch that is pending. */
  const pending = Math.max(lane.enabled ? lane.pendingFrom : lane.epoch + 1, lane.cancelledUpTo + 1);
  switch (status) {
    case 'pending':
      return [[{ field: 'kind', eq: 'test' }], [event, { field: 'epoch', gte: pending }]];
    case 'held':
      if (pending === lane.cancelledUpTo + 1) return [];
      return [[event, { field: 'epoch', gt: lane.cancelledUpTo, lt: pending }]];
    case 'cancelled':
      return lane.cancelledUpTo < 0 ? [] : [[event, { field: 'epoch', lte: lane.cancelledUpTo }]];
  }
}
