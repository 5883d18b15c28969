import { Injectable } from '@nestjs/common';
import { InjectDocuments, InjectResident, type ResidentDocuments } from '../../../platform/processing/index.ts';
import type { Collection, Condition } from '../../../platform/read-model/index.ts';
import { conditionsOf, isOfFailures } from '../delivery/delivery-conditions.ts';
import { deliveries, type DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { isUnfinished, statusOf } from '../delivery/delivery-status.ts';
import { viewOf, type DeliveryView } from '../delivery/delivery-view.ts';
import { lanes, type Lane } from '../lanes/lanes.projection.ts';
import type { DeliveryFilter, DeliverySelection } from './delivery-filter.ts';

export type DeliveryPage = { readonly items: readonly DeliveryView[]; readonly nextCursor: string | null };

/** Pages looked at for one answer when a status is asked for that no document holds by itself. */
const MOST_STEPS = 10;

@Injectable()
export class FindDeliveries {
  constructor(
    @InjectDocuments(deliveries) private readonly deliveries: Collection<DeliveryDocument>,
    @InjectResident(lanes) private readonly lanes: ResidentDocuments<Lane>,
  ) {}

  /** `visible` is what the caller may see at all. */
  async find(filter: DeliveryFilter, visible: readonly Condition[]): Promise<DeliveryPage> {
    const field = placeOf(filter);
    const where = selecting(filter, visible);
    const items: DeliveryView[] = [];
    let cursor: string | null = filter.cursor ?? null;
    for (let step = 0; step < MOST_STEPS && items.length < filter.limit && (step === 0 || cursor !== null); step++) {
      const page = await this.deliveries.find({
        where,
        sort: { field, direction: 'desc' },
        limit: filter.limit - items.length,
        ...(cursor === null ? {} : { cursor }),
      });
      const views = page.items.map(({ document }) => viewOf(document, this.lanes.get(document.webhookId)));
      items.push(...views.filter(({ status }) => filter.status === undefined || status === filter.status));
      cursor = page.nextCursor;
    }
    return { items, nextCursor: cursor };
  }

  /** The delivery, if the caller reaches its workspace. */
  async one(id: string, reaches: (workspaceId: string) => boolean): Promise<DeliveryDocument | undefined> {
    const stored = await this.deliveries.get(id);
    return stored && reaches(stored.document.workspaceId) ? stored.document : undefined;
  }

  laneOf(document: DeliveryDocument): Lane | undefined {
    return this.lanes.get(document.webhookId);
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

/** Each has an index of its own; of the first there are the fewest deliveries with one value. */
const LEADING = ['eventId', 'redeliveryId', 'webhookId', 'eventWorkspaceId', 'workspaceId'];

/** A store that counts nothing takes any index that a value is asked for in: only the best of them is, the others are lists of one. */
function ledByTheFewest(conditions: readonly Condition[]): Condition[] {
  const best = LEADING.find((leading) => conditions.some((each) => 'eq' in each && each.field === leading));
  return conditions.map((each) =>
    'eq' in each && each.field !== best && LEADING.includes(each.field) ? { field: each.field, in: [each.eq] } : each,
  );
}
