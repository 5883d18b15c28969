import type { Position } from '../../../platform/kernel/index.ts';
import type { Collection, Condition } from '../../../platform/read-model/index.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';
import type { RedeliverySelection } from './redelivery.events.ts';
import { outcomesIn, type Standing } from './round-cause.ts';

/** What is kept of a document while its page is worked through. */
export type Listed = Standing & Pick<DeliveryDocument, 'deliveryId' | 'eventPosition' | 'revision'>;

/** Positions `after` the one, and up to the other. */
export type Range = { readonly after: Position; readonly upTo: Position };

export type Wanted = {
  readonly webhookId: string;
  readonly what: RedeliverySelection;
  readonly since: number | null;
  readonly until: number | null;
};

/**
 * The next deliveries of a webhook in the order of their events; fewer than `limit` only at the end. Each outcome is read by itself,
 * from the place in the index where it goes on, so that a page costs the same however many deliveries lie between.
 */
export async function readPage(
  deliveries: Collection<DeliveryDocument>,
  { webhookId, what, since, until }: Wanted,
  { after, upTo }: Range,
  limit: number,
): Promise<readonly Listed[]> {
  const created: Condition[] = [
    ...(since === null ? [] : [{ field: 'createdAt', gte: since }]),
    ...(until === null ? [] : [{ field: 'createdAt', lt: until }]),
  ];
  const found: Listed[] = [];
  for (const outcome of outcomesIn(what)) {
    const { items } = await deliveries.find({
      where: [
        { field: 'webhookId', eq: webhookId },
        { field: 'outcome', eq: outcome },
        { field: 'kind', eq: 'event' },
        { field: 'eventPosition', gt: after, lte: upTo },
        ...created,
      ],
      sort: { field: 'eventPosition', direction: 'asc' },
      limit,
    });
    found.push(...items.map(({ document }) => listed(document)));
  }
  return found.sort((a, b) => a.eventPosition - b.eventPosition).slice(0, limit);
}

const listed = ({ deliveryId, kind, outcome, epoch, gone, eventPosition, revision }: DeliveryDocument): Listed => ({
  deliveryId,
  kind,
  outcome,
  epoch,
  gone,
  eventPosition,
  revision,
});

/** Requests are stored in another order than they came in, by this much at the very most. */
const DISORDER_MS = 60_000;

/**
 * Narrows a range to about the time that is asked for, by halving: instants grow with positions, but no index of a webhook has both.
 * What lies outside the time and inside the range is for `readPage` to leave out.
 */
export async function rangeOf(
  deliveries: Collection<DeliveryDocument>,
  { webhookId, since, until }: Wanted,
  { after, upTo }: Range,
): Promise<Range> {
  const createdAt = async (from: Position) => {
    const { items } = await deliveries.find({
      where: [
        { field: 'webhookId', eq: webhookId },
        // A test stands where it was asked for, which says nothing of events that were copied from another store.
        { field: 'kind', eq: 'event' },
        { field: 'eventPosition', gte: from },
      ],
      sort: { field: 'eventPosition', direction: 'asc' },
      limit: 1,
    });
    return items[0]?.document.createdAt ?? Infinity;
  };
  /** The first position in the range from which on deliveries are this young. */
  const firstAt = async (instant: number): Promise<Position> => {
    let [low, high] = [after + 1, upTo + 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((await createdAt(middle)) >= instant) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    after: since === null ? after : (await firstAt(since - DISORDER_MS)) - 1,
    upTo: until === null ? upTo : (await firstAt(until + DISORDER_MS)) - 1,
  };
}
