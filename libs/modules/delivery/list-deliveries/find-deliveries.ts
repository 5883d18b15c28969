import { Injectable } from '@nestjs/common';
import { InjectDocuments, InjectResident, type ResidentDocuments } from '../../../platform/processing/index.ts';
import type { Collection, Condition } from '../../../platform/read-model/index.ts';
import { conditionsOf, isOfFailures } from '../delivery/delivery-conditions.ts';
import { deliveries, type DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { isUnfinished, statusOf } from '../delivery/delivery-status.ts';
import { viewOf, type DeliveryView } from '../delivery/delivery-view.ts';
import { lanes, type Lane } from '../lanes/lanes.projection.ts';
import type { DeliveryFilter, DeliverySelection } from './delivery-filter.ts';
import { LEADING, stretchesOf } from './stretches.ts';

export type DeliveryPage = { readonly items: readonly DeliveryView[]; readonly nextCursor: string | null };

/** Pages looked at for one answer when a status is asked for that no document holds by itself. */
const MOST_PAGES = 10;

@Injectable()
export class FindDeliveries {
  constructor(
    @InjectDocuments(deliveries) private readonly deliveries: Collection<DeliveryDocument>,
    @InjectResident(lanes) private readonly lanes: ResidentDocuments<Lane>,
  ) {}

  /** `visible` is what the caller may see at all. */
  async find(filter: DeliveryFilter, visible: readonly Condition[]): Promise<DeliveryPage> {
    const items: DeliveryView[] = [];
    const where = selecting(filter, visible);
    if (isOfWebhookElsewhere(this.laneOf({ webhookId: filter.webhook }), where)) return { items, nextCursor: null };
    const query = { where, sort: { field: placeOf(filter), direction: 'desc' } } as const;
    let cursor = filter.cursor;
    let pages = 0;
    for await (const downTo of stretchesOf(this.deliveries, where)) {
      for (let isFull = true; isFull;) {
        const limit = filter.limit - items.length;
        const within = downTo > 0 ? { downTo } : {};
        const page = await this.deliveries.find({
          ...query,
          ...within,
          limit,
          ...(cursor !== undefined && { cursor }),
        });
        const views = page.items.map(({ document }) => this.view(document));
        items.push(...views.filter(({ status }) => filter.status === undefined || status === filter.status));
        if (page.nextCursor === null) return { items, nextCursor: null };
        cursor = page.nextCursor;
        isFull = page.items.length === limit;
        if (items.length === filter.limit || (isFull && ++pages === MOST_PAGES)) return { items, nextCursor: cursor };
      }
    }
    return { items, nextCursor: null };
  }

  /** The delivery, if the caller reaches its workspace. */
  async one(id: string, reaches: (workspaceId: string) => boolean): Promise<DeliveryDocument | undefined> {
    const stored = await this.deliveries.get(id);
    return stored && reaches(stored.document.workspaceId) ? stored.document : undefined;
  }

  laneOf({ webhookId }: { readonly webhookId: string | undefined }): Lane | undefined {
    return webhookId === undefined ? undefined : this.lanes.get(webhookId);
  }

  view(document: DeliveryDocument): DeliveryView {
    return viewOf(document, this.laneOf(document));
  }

  status(document: DeliveryDocument) {
    return statusOf(document, this.laneOf(document));
  }
}

/**
 * The field that has the position of the event, which lists are sorted by: where there are indexes of fewer deliveries, the one of
 * those. It leads through the deliveries that fit without a look at the others between them.
 */
export function placeOf(selection: DeliverySelection): 'eventPosition' | 'failedPosition' | 'redeliveryPosition' {
  if (selection.redelivery !== undefined) return 'redeliveryPosition';
  const { webhook, status } = selection;
  return webhook !== undefined && status === undefined && isOfFailures(selection) ? 'failedPosition' : 'eventPosition';
}

/**
 * `visible` is what the caller may see at all. Of an unfinished one the status follows from its webhook, which no condition knows.
 */
export function selecting(selection: DeliverySelection, visible: readonly Condition[]): Condition[] {
  const { workspace, webhook, kind, redelivery, status, from, to } = selection;
  const outcome = status !== undefined && isUnfinished(status) ? 'unfinished' : status;
  const place = placeOf(selection);
  const equal = { workspaceId: workspace, webhookId: webhook, kind, redeliveryId: redelivery, outcome };
  return ledByTheFewest([
    ...visible,
    ...Object.entries(equal).flatMap(([field, value]) => (value === undefined ? [] : [{ field, eq: value }])),
    ...conditionsOf(selection),
    ...(place === 'eventPosition' ? [] : [{ field: place, exists: true }]),
    ...(from === undefined ? [] : [{ field: 'createdAt', gte: Date.parse(from) }]),
    ...(to === undefined ? [] : [{ field: 'createdAt', lt: Date.parse(to) }]),
  ]);
}

/** Asks for a webhook, and for a workspace that is not its: no delivery has to be read to know that there are none. */
export const isOfWebhookElsewhere = (lane: Lane | undefined, where: readonly Condition[]): boolean =>
  lane !== undefined &&
  where.some((each) => {
    if (each.field !== 'workspaceId') return false;
    return 'eq' in each ? each.eq !== lane.workspaceId : 'in' in each && !each.in.includes(lane.workspaceId);
  });

/** A store that counts nothing takes any index that a value is asked for in: only the best of them is, the others are lists of one. */
function ledByTheFewest(conditions: readonly Condition[]): Condition[] {
  const best = LEADING.find((leading) => conditions.some((each) => 'eq' in each && each.field === leading));
  return conditions.map((each) =>
    'eq' in each && each.field !== best && LEADING.includes(each.field) ? { field: each.field, in: [each.eq] } : each,
  );
}
