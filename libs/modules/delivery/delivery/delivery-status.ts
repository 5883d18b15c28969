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
