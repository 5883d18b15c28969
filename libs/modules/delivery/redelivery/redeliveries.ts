import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { EVENT_STORE, type EventStore, type Executed } from '../../../platform/event-store/index.ts';
import { conflict, notFound, type CommandMetadata, type Ids } from '../../../platform/kernel/index.ts';
import { InjectDocuments, InjectResident, type ResidentDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { IDS } from '../../../platform/runtime/index.ts';
import { lanes, type Lane } from '../lanes/lanes.projection.ts';
import { redeliveries, type RedeliveryDocument } from './redeliveries.projection.ts';
import { CancelRedelivery, StartRedelivery } from './redelivery.commands.ts';
import type { Redelivery } from './redelivery.decider.ts';
import type { RedeliveryEvent } from './redelivery.events.ts';
import { viewOf, type RedeliveryView } from './redelivery-view.ts';

export type Wish = Omit<StartRedelivery['data'], 'redeliveryId' | 'upTo'>;

/** Bulk redeliveries as those who ask for them know them. */
@Injectable()
export class Redeliveries {
  constructor(
    @InjectDocuments(redeliveries) private readonly documents: Collection<RedeliveryDocument>,
    @InjectResident(lanes) private readonly lanes: ResidentDocuments<Lane>,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(IDS) private readonly ids: Ids,
    private readonly commands: CommandBus,
  ) {}

  /** The webhook, unless it was removed. */
  webhook(webhookId: string): Lane | undefined {
    const lane = this.lanes.get(webhookId);
    return lane?.removed === false ? lane : undefined;
  }

  /** @throws {Refusal} `not-found` when there is no such webhook in this very workspace. */
  webhookIn(workspaceId: string, webhookId: string): Lane {
    const lane = this.webhook(webhookId);
    if (lane?.workspaceId !== workspaceId) throw notFound('The webhook');
    return lane;
  }

  /**
   * @throws {Refusal} `conflict` while the webhook is disabled, or the same is under way already. Of two that are asked for in the
   *   same instant both may be started: whichever comes second to a delivery leaves it alone.
   */
  async start(wish: Wish, metadata: CommandMetadata): Promise<RedeliveryView> {
    const { workspaceId, webhookId, what } = wish;
    if (webhookId !== null && !this.lanes.get(webhookId)?.enabled)
      throw conflict('The webhook is disabled; enable it first.');
    const { items } = await this.documents.find({
      where: [
        { field: 'workspaceId', eq: workspaceId },
        { field: 'webhookId', eq: webhookId },
        { field: 'what', eq: what },
        { field: 'status', eq: 'running' },
      ],
      limit: 1,
    });
    if (items[0]) throw conflict(`The same is under way already, as redelivery ${items[0].id}.`);
    const ids = { redeliveryId: this.ids.uuid(), upTo: await this.store.head() };
    return this.#execute(new StartRedelivery({ ...wish, ...ids }, metadata), undefined);
  }

  /** The document, if the caller reaches its workspace. */
  async one(id: string, reaches: (workspaceId: string) => boolean): Promise<RedeliveryDocument> {
    const document = (await this.documents.get(id))?.document;
    if (!document || !reaches(document.workspaceId)) throw notFound('The redelivery');
    return document;
  }

  cancel(document: RedeliveryDocument, metadata: CommandMetadata): Promise<RedeliveryView> {
    return this.#execute(new CancelRedelivery({ redeliveryId: document.redeliveryId }, metadata), document);
  }

  /** As it is after the command's own events, whether or not the documents have them yet. */
  async #execute(
    command: StartRedelivery | CancelRedelivery,
    before: RedeliveryDocument | undefined,
  ): Promise<RedeliveryView> {
    const executed = await this.commands.execute<typeof command, Executed<Redelivery | undefined, RedeliveryEvent>>(
      command,
    );
    const { redeliveryId } = command.data;
    const others = { get: () => before, where: () => [] };
    const after = executed.events.reduce(
      (document, event) => redeliveries.fold(document, event, redeliveryId, others) ?? document,
      before,
    );
    if (!after) throw notFound('The redelivery');
    return viewOf({ ...after, ...executed.state });
  }
}
