import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../platform/kernel/index.ts';
import { InjectDocuments, InjectResident, type ResidentDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { deliveries, laneOf, type DeliveryDocument, type QueueKind } from '../delivery/deliveries.projection.ts';
import { OwedDeliveries, owedTo } from '../fan-out/owed-deliveries.ts';
import { lanes, type Lane } from '../lanes/lanes.projection.ts';

/** Counted beside one another, before others get their turn. */
const AT_ONCE = 50;
const IN_LINE: readonly QueueKind[] = ['event', 'retry', 'redelivery'];

export type Backlog = {
  readonly lane: Lane;
  /** Unfinished deliveries, tests among them, up to the most that are kept for one webhook. */
  readonly owed: number;
  /** Of what is pending, when the first was or is due; null where nothing is. */
  readonly oldestDueAt: Instant | null;
};

/** What is owed to every webhook, by the documents. Each is counted in an index, so that the cost is that of the webhooks and what is owed. */
@Injectable()
export class Backlogs {
  #counting: Promise<readonly Backlog[]> | undefined;

  constructor(
    @InjectDocuments(deliveries) private readonly documents: Collection<DeliveryDocument>,
    @InjectResident(lanes) private readonly lanes: ResidentDocuments<Lane>,
    private readonly most: OwedDeliveries,
  ) {}

  /** Without webhooks that are removed. Those who ask meanwhile share one count. */
  all(): Promise<readonly Backlog[]> {
    this.#counting ??= this.#count().finally(() => (this.#counting = undefined));
    return this.#counting;
  }

  async #count(): Promise<readonly Backlog[]> {
    const served = this.lanes.all().filter(({ removed }) => !removed);
    const backlogs: Backlog[] = [];
    for (let i = 0; i < served.length; i += AT_ONCE) {
      if (i > 0) await nextTurn();
      backlogs.push(...(await Promise.all(served.slice(i, i + AT_ONCE).map((lane) => this.#of(lane)))));
    }
    return backlogs;
  }

  async #of(lane: Lane): Promise<Backlog> {
    const owed = await this.documents.count(owedTo(lane.webhookId, lane), this.most.limit);
    return { lane, owed, oldestDueAt: owed > 0 && lane.enabled ? await this.#oldestDueAt(lane) : null };
  }

  async #oldestDueAt({ webhookId, epoch }: Lane): Promise<Instant | null> {
    const first = async (kind: QueueKind) => {
      const { items } = await this.documents.find({
        where: [
          { field: 'lane', eq: laneOf(kind, webhookId, epoch) },
          { field: 'dueAt', exists: true },
        ],
        sort: { field: 'dueAt', direction: 'asc' },
        limit: 1,
      });
      return items[0]?.document.dueAt ?? Infinity;
    };
    const oldest = Math.min(...(await Promise.all(IN_LINE.map(first))));
    return oldest === Infinity ? null : oldest;
  }
}
