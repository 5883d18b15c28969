import { Injectable } from '@nestjs/common';
import { InjectDocuments, InjectResident, type ResidentDocuments } from '../../../platform/processing/index.ts';
import type { Collection, Condition } from '../../../platform/read-model/index.ts';
import { deliveries, type DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { statusOf } from '../delivery/delivery-status.ts';
import { viewOf, type DeliveryView } from '../delivery/delivery-view.ts';
import { lanes, type Lane } from '../lanes/lanes.projection.ts';
import type { DeliveryFilter } from './delivery-filter.ts';

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
    const where = [...visible, ...conditionsOf(filter)];
    const items: DeliveryView[] = [];
    let cursor: string | null = filter.cursor ?? null;
    for (let step = 0; step < MOST_STEPS && items.length < filter.limit && (step === 0 || cursor !== null); step++) {
      const page = await this.deliveries.find({
        where,
        sort: { field: 'eventPosition', direction: 'desc' },
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

function conditionsOf(filter: DeliveryFilter): Condition[] {
  const { workspace, webhook, eventWorkspace, event, type, kind, status, from, to } = filter;
  const outcome = status === 'pending' || status === 'held' || status === 'cancelled' ? 'unfinished' : status;
  const equal = {
    workspaceId: workspace,
    webhookId: webhook,
    eventWorkspaceId: eventWorkspace,
    eventId: event,
    type,
    kind,
  };
  return [
    ...Object.entries(equal).flatMap(([field, value]) => (value === undefined ? [] : [{ field, eq: value }])),
    ...(outcome === undefined ? [] : [{ field: 'outcome', eq: outcome }]),
    ...(from === undefined ? [] : [{ field: 'createdAt', gte: Date.parse(from) }]),
    ...(to === undefined ? [] : [{ field: 'createdAt', lt: Date.parse(to) }]),
  ];
}
