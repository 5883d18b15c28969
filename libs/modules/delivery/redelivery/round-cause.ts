import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { RequestRedelivery } from '../delivery/delivery.commands.ts';
import { statusOf } from '../delivery/delivery-status.ts';
import type { RoundCause } from '../delivery/delivery.events.ts';
import type { Lane } from '../lanes/lanes.projection.ts';
import type { RedeliveryDocument } from './redeliveries.projection.ts';
import type { RedeliveryFilter, RedeliverySelection } from './redelivery.events.ts';

/** What a delivery has to say about whether it is sent again. */
export type Standing = Pick<DeliveryDocument, 'kind' | 'outcome' | 'epoch' | 'gone'>;

/** What a new round of the delivery is begun by, or null when a job of this selection leaves it alone. */
export function roundCause(
  what: RedeliverySelection,
  delivery: Standing,
  lane: Lane,
  filter: RedeliveryFilter = {},
): RoundCause | null {
  if (delivery.kind === 'test') return null;
  const status = statusOf(delivery, lane);
  if (filter.status !== undefined && filter.status !== status) return null;
  switch (status) {
    case 'held':
      return 'release';
    case 'exhausted':
    case 'unrendered':
    case 'skipped':
      return what === 'held' ? null : 'redelivery';
    case 'succeeded':
      return what === 'all' ? 'redelivery' : null;
    case 'pending':
    case 'cancelled':
      return null;
  }
}

type Asking = Pick<RedeliveryDocument, 'redeliveryId' | 'what' | 'filter' | 'startedBy' | 'traceId'>;

/**
 * What a job asks of a delivery that it sees like this; undefined when it leaves it alone. It asks once, however often this is
 * repeated. What the delivery has become since counts: one that succeeded meanwhile is not sent again by who asks for what was not
 * delivered.
 */
export function requestOf(
  { redeliveryId, what, filter, startedBy, traceId }: Asking,
  delivery: Standing & Pick<DeliveryDocument, 'deliveryId' | 'revision'>,
  lane: Lane,
  at: number,
): RequestRedelivery | undefined {
  const cause = roundCause(what, delivery, lane, filter);
  if (cause === null) return undefined;
  const seen = cause === 'redelivery' && what === 'not-delivered' ? { expectedRevision: delivery.revision } : {};
  const { webhookId, workspaceId, epoch } = lane;
  return new RequestRedelivery(
    { deliveryId: delivery.deliveryId, webhookId, workspaceId, epoch, cause, redeliveryId },
    { at, actor: startedBy, traceId, idempotencyKey: redeliveryId, ...seen },
  );
}

/** Outcomes of deliveries that a job of this selection has to look at: being held is nobody's outcome. */
export function outcomesIn(
  what: RedeliverySelection,
  filter: RedeliveryFilter = {},
): readonly DeliveryDocument['outcome'][] {
  const undelivered = ['unfinished', 'exhausted', 'unrendered', 'skipped'] as const;
  const all =
    what === 'held' ? (['unfinished'] as const) : what === 'all' ? [...undelivered, 'succeeded' as const] : undelivered;
  const only = filter.status === 'held' ? 'unfinished' : filter.status;
  return only === undefined ? all : all.filter((outcome) => outcome === only);
}
