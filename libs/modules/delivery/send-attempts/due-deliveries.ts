import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Collection } from '../../../platform/read-model/index.ts';
import { laneOf, queueKindOf, type DeliveryDocument, type QueueKind } from '../delivery/deliveries.projection.ts';
import { isReleased, statusOf } from '../delivery/delivery-status.ts';
import type { Lane } from '../lanes/lanes.projection.ts';

type Deliveries = Pick<Collection<DeliveryDocument>, 'find'>;

export type DuePage = {
  readonly due: readonly DeliveryDocument[];
  /** Due later, as far as this page saw. */
  readonly nextDueAt: number | null;
  /** There may be more that is due now. */
  readonly more: boolean;
};

/** `barred`: nothing may be sent beyond what is due here, until the lane changes. */
export type OrderedPage = DuePage & { readonly pendingFrom: number; readonly barred?: true };

/** The next deliveries of a queue that are due, oldest due first. */
export async function readDue(
  deliveries: Deliveries,
  lane: Lane,
  kind: QueueKind,
  now: number,
  limit: number,
): Promise<DuePage> {
  const page = await deliveries.find({
    where: [
      { field: 'lane', eq: laneOf(kind, lane.webhookId, lane.epoch) },
      { field: 'dueAt', exists: true },
    ],
    sort: { field: 'dueAt', direction: 'asc' },
    limit,
  });
  const documents = page.items.map((item) => item.document);
  const later = documents.find((document) => (document.dueAt ?? 0) > now);
  return {
    due: documents.filter((document) => (document.dueAt ?? Infinity) <= now && statusOf(document, lane) === 'pending'),
    nextDueAt: later?.dueAt ?? null,
    more: later === undefined && page.nextCursor !== null,
  };
}

/**
 * The next deliveries of a strictly ordered lane, in the order of their events, up to the first that is not due yet. What was held
 * and released with the lane is due at once; redeliveries were asked for out of order, and are not among them. Nothing before the
 * position `from` is pending; `pendingFrom` is the same for the next time.
 */
export async function readInOrder(
  deliveries: Deliveries,
  lane: Lane,
  from: number,
  now: number,
  limit: number,
): Promise<OrderedPage> {
  const due: DeliveryDocument[] = [];
  let seen = from;
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await deliveries.find({
      where: [
        { field: 'webhookId', eq: lane.webhookId },
        { field: 'outcome', eq: 'unfinished' },
        { field: 'eventPosition', gte: from },
      ],
      sort: { field: 'eventPosition', direction: 'asc' },
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { document } of page.items) {
      seen = document.eventPosition;
      if (isBarring(document, lane))
        return { due, nextDueAt: null, more: false, pendingFrom: due[0]?.eventPosition ?? seen, barred: true };
      if (document.kind === 'test' || statusOf(document, lane) !== 'pending') continue;
      const released = isReleased(document, lane);
      if (!released && queueKindOf(document) === 'redelivery') continue;
      const pendingFrom = due[0]?.eventPosition ?? document.eventPosition;
      if (!released && (document.dueAt ?? Infinity) > now)
        return { due, nextDueAt: document.dueAt, more: false, pendingFrom };
      if (due.length === limit) return { due, nextDueAt: null, more: true, pendingFrom };
      due.push(document);
    }
    cursor = page.nextCursor;
    // Embedded documents answer at once: others get their turn between pages.
    if (cursor !== null) await nextTurn();
  }
  return { due, nextDueAt: null, more: false, pendingFrom: due[0]?.eventPosition ?? seen };
}

/** Its receiver said that it is gone, and its webhook is about to be disabled for it: what follows waits for that. */
const isBarring = ({ gone, outcome, epoch }: DeliveryDocument, lane: Lane): boolean =>
  gone && outcome === 'unfinished' && lane.enabled && epoch === lane.epoch;

/** Webhooks with a test that is due. */
export async function* findTests(deliveries: Deliveries): AsyncGenerator<string> {
  const where = [
    { field: 'lane', gte: laneOf('test', '', 0), lt: 'test;' },
    { field: 'dueAt', exists: true },
  ];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const sort = { field: 'lane', direction: 'asc' } as const;
    const page = await deliveries.find({ where, sort, limit: 500, ...(cursor === undefined ? {} : { cursor }) });
    yield* new Set(page.items.map(({ document }) => document.webhookId));
    cursor = page.nextCursor;
  }
}
