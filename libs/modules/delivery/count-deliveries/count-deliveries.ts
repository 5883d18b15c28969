import { Injectable } from '@nestjs/common';
import { InjectDocuments, InjectResident, type ResidentDocuments } from '../../../platform/processing/index.ts';
import type { Collection, Condition } from '../../../platform/read-model/index.ts';
import { deliveries, type DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { isUnfinished, standingAs, type UnfinishedStatus } from '../delivery/delivery-status.ts';
import { lanes, type Lane } from '../lanes/lanes.projection.ts';
import type { DeliverySelection } from '../list-deliveries/delivery-filter.ts';
import { isOfWebhookElsewhere, placeOf, selecting } from '../list-deliveries/find-deliveries.ts';
import { bounded, countUpToMost, MOST_COUNTED, type Count } from './bounded-count.ts';

/** Webhooks whose deliveries are counted one after the other, for a status that follows from each. */
const MOST_WEBHOOKS = 1_000;

@Injectable()
export class CountDeliveries {
  constructor(
    @InjectDocuments(deliveries) private readonly deliveries: Collection<DeliveryDocument>,
    @InjectResident(lanes) private readonly lanes: ResidentDocuments<Lane>,
  ) {}

  /** `visible` is what the caller may see at all, and `sees` whether a webhook of this workspace is in it. */
  async count(
    selection: DeliverySelection,
    visible: readonly Condition[],
    sees: (workspaceId: string) => boolean,
  ): Promise<Count> {
    const { status, webhook } = selection;
    const where = selecting(selection, visible);
    if (isOfWebhookElsewhere(webhook === undefined ? undefined : this.lanes.get(webhook), where)) return bounded(0);
    if (status !== undefined && isUnfinished(status)) {
      const { workspace } = selection;
      const all = webhook === undefined ? this.lanes.all() : [this.lanes.get(webhook)].filter((lane) => !!lane);
      const concerned = all.filter(
        ({ workspaceId }) => sees(workspaceId) && (workspace === undefined || workspaceId === workspace),
      );
      return this.#unfinished(status, where, concerned);
    }
    return bounded(await countUpToMost(this.deliveries, where, placeOf(selection)));
  }

  async #unfinished(status: UnfinishedStatus, where: readonly Condition[], of: readonly Lane[]): Promise<Count> {
    const those = of.flatMap((lane) => {
      const standings = standingAs(status, lane);
      return standings.length === 0 ? [] : [{ webhook: { field: 'webhookId', eq: lane.webhookId }, standings }];
    });
    let count = 0;
    for (const { webhook, standings } of those.slice(0, MOST_WEBHOOKS)) {
      for (const standing of standings) {
        if (count > MOST_COUNTED) break;
        count += await this.deliveries.count([...where, webhook, ...standing], MOST_COUNTED + 1 - count);
      }
    }
    const { atLeast, ...counted } = bounded(count);
    return { ...counted, atLeast: atLeast || those.length > MOST_WEBHOOKS };
  }
}
