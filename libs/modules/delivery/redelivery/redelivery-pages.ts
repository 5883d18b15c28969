import { setImmediate } from 'node:timers/promises';
import type { Position } from '../../../platform/kernel/index.ts';
import type { Collection, Condition } from '../../../platform/read-model/index.ts';
import { conditionsOf } from '../delivery/delivery-conditions.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';
import type { RedeliveryFilter, RedeliverySelection } from './redelivery.events.ts';
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
  readonly filter?: RedeliveryFilter | undefined;
  readonly deliveryIds?: readonly string[] | undefined;
};

/** What an outcome, and a range, leave to be told of each. */
export const narrowed = ({ since, until, filter = {} }: Wanted): readonly Condition[] => [
  { field: 'kind', eq: 'event' },
  ...(since === null ? [] : [{ field: 'createdAt', gte: since }]),
  ...(until === null ? [] : [{ field: 'createdAt', lt: until }]),
  ...conditionsOf(filter),
];

/** Positions that one query goes through where a filter may leave nearly all of them out. */
const STRETCH = 20_000;

/**
 * The next deliveries of a webhook in the order of their events; fewer than `limit` only at the end. Each outcome is read by itself,
 * from the place in the index where it goes on, so that a page costs the same however many deliveries lie between. Where a filter
 * has to look at those, it looks at a stretch at a time, and lets others have a turn.
 */
export async function readPage(
  deliveries: Collection<DeliveryDocument>,
  wanted: Wanted,
  { after, upTo }: Range,
  limit: number,
): Promise<readonly Listed[]> {
  if (wanted.deliveryIds) return chosen(deliveries, wanted, { after, upTo }, limit);
  if (!wanted.filter) return readStretch(deliveries, wanted, { after, upTo }, limit);
  const found: Listed[] = [];
  for (let from = after; from < upTo && found.length < limit; from += STRETCH) {
    const stretch = { after: from, upTo: Math.min(from + STRETCH, upTo) };
    found.push(...(await readStretch(deliveries, wanted, stretch, limit - found.length)));
    await setImmediate();
  }
  return found;
}

async function readStretch(
  deliveries: Collection<DeliveryDocument>,
  wanted: Wanted,
  { after, upTo }: Range,
  limit: number,
): Promise<Listed[]> {
  const found: Listed[] = [];
  for (const outcome of outcomesIn(wanted.what, wanted.filter)) {
    const { items } = await deliveries.find({
      where: [
        { field: 'webhookId', eq: wanted.webhookId },
        { field: 'outcome', eq: outcome },
        { field: 'eventPosition', gt: after, lte: upTo },
        ...narrowed(wanted),
      ],
      sort: { field: 'eventPosition', direction: 'asc' },
      limit,
    });
    found.push(...items.map(({ document }) => listed(document)));
  }
  return inOrder(found).slice(0, limit);
}

async function chosen(
  deliveries: Collection<DeliveryDocument>,
  { deliveryIds = [], webhookId, what, filter }: Wanted,
  { after, upTo }: Range,
  limit: number,
): Promise<readonly Listed[]> {
  const outcomes = outcomesIn(what, filter);
  const those = (await deliveries.getMany(deliveryIds)).map(({ document }) => document);
  const fitting = those.filter(
    (each) => each.webhookId === webhookId && each.kind === 'event' && outcomes.includes(each.outcome),
  );
  const within = fitting.filter(({ eventPosition }) => eventPosition > after && eventPosition <= upTo);
  return inOrder(within.map(listed)).slice(0, limit);
}

const inOrder = (found: readonly Listed[]): Listed[] => found.toSorted((a, b) => a.eventPosition - b.eventPosition);

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
