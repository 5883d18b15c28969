import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/http/index.ts';
import { EVENT_STORE, type EventStore } from '../../../platform/event-store/index.ts';
import { Refusal } from '../../../platform/kernel/index.ts';
import {
  InjectDocuments,
  InjectResident,
  Projections,
  type ResidentDocuments,
} from '../../../platform/processing/index.ts';
import type { Collection, Condition } from '../../../platform/read-model/index.ts';
import { pinnedWebhooks, type PinnedWebhook } from './pinned-webhooks.projection.ts';
import { countedAs } from './version-line.ts';
import { webhookVersions, type WebhookVersionDocument } from './webhook-versions.projection.ts';

const PAGE = 1_000;
const LONGEST_WAIT_MS = 2_000;

type Reach = ReturnType<Principal['reach']>;

/** How many webhooks are on a version. Those on a withdrawn one count for the version before it. */
@Injectable()
export class PinnedWebhooks {
  constructor(
    @InjectDocuments(pinnedWebhooks) private readonly documents: Collection<PinnedWebhook>,
    @InjectResident(webhookVersions) private readonly versions: ResidentDocuments<WebhookVersionDocument>,
    private readonly projections: Projections,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  count(version: string, reach: Reach): Promise<number> {
    return this.documents.count(this.#on(version, reach));
  }

  /** How many in each workspace that has any, in order of its id. */
  async byWorkspace(version: string, reach: Reach): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    const where = this.#on(version, reach);
    for (let cursor: string | undefined | null; cursor !== null;) {
      const page = await this.documents.find({
        where,
        sort: { field: 'workspaceId', direction: 'asc' },
        limit: PAGE,
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const { document } of page.items)
        counts.set(document.workspaceId, (counts.get(document.workspaceId) ?? 0) + 1);
      cursor = page.nextCursor;
    }
    return counts;
  }

  /**
   * Resolves once every webhook that is durable at this moment is counted.
   * @throws {Refusal} `unavailable` if that takes too long.
   */
  async caughtUp(): Promise<void> {
    const head = await this.store.head();
    if (await this.projections.reached(new Map([['webhook', head]]), LONGEST_WAIT_MS)) return;
    throw new Refusal('unavailable', 'It is not known yet how many webhooks are on the version; try again.');
  }

  #on(version: string, reach: Reach): Condition[] {
    return [
      { field: 'version', in: countedAs(this.versions, version) },
      { field: 'removed', eq: false },
      ...(reach === 'everything' ? [] : [{ field: 'workspaceId', in: reach }]),
    ];
  }
}
