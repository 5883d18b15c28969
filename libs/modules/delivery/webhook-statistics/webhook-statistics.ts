import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/http/index.ts';
import { InjectDocuments, InjectResident, type ResidentDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { lanes, type Lane } from '../lanes/lanes.projection.ts';
import { daysOf, type Hours } from './statistics-hours.ts';
import { dayIdOf, dayOf, webhookStatistics, type WebhookDay } from './webhook-statistics.projection.ts';

@Injectable()
export class WebhookStatistics {
  constructor(
    @InjectDocuments(webhookStatistics) private readonly documents: Collection<WebhookDay>,
    @InjectResident(lanes) private readonly lanes: ResidentDocuments<Lane>,
  ) {}

  /** Also one that was removed, as what became of its attempts stays; in this workspace if one is given. */
  isInReach(webhookId: string, { reaches }: Pick<Principal, 'reaches'>, workspaceId: string | undefined): boolean {
    const of = this.lanes.get(webhookId)?.workspaceId;
    return of !== undefined && reaches(of) && (workspaceId ?? of) === of;
  }

  /** By webhook, the days of these hours on which anything happened; one query. */
  async days(webhookIds: readonly string[], hours: Hours): Promise<ReadonlyMap<string, readonly WebhookDay[]>> {
    const days = [...daysOf(hours)].map(dayOf);
    const ids = webhookIds.flatMap((webhookId) => days.map((day) => dayIdOf(webhookId, day)));
    const found = ids.length === 0 ? [] : await this.documents.getMany(ids);
    return Map.groupBy(
      found.map(({ document }) => document),
      ({ webhookId }) => webhookId,
    );
  }
}
