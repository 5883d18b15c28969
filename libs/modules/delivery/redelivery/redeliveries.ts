import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { EVENT_STORE, type EventStore, type Executed } from '../../../platform/event-store/index.ts';
import { conflict, invalid, notFound, type CommandMetadata, type Ids } from '../../../platform/kernel/index.ts';
import { InjectDocuments, InjectResident, type ResidentDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { IDS } from '../../../platform/runtime/index.ts';
import { deliveries, type DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { lanes, type Lane } from '../lanes/lanes.projection.ts';
import { expectedOf } from './expected-count.ts';
import { redeliveries, type RedeliveryDocument } from './redeliveries.projection.ts';
import { CancelRedelivery, StartRedelivery } from './redelivery.commands.ts';
import type { Redelivery } from './redelivery.decider.ts';
import type { RedeliveryEvent } from './redelivery.events.ts';
import { viewOf, type Become, type RedeliveryView } from './redelivery-view.ts';

export type Wish = Omit<StartRedelivery['data'], 'redeliveryId' | 'upTo' | 'expected'>;

/** Jobs of one selection and webhook that go on at the same time, each with another filter. */
const MOST_RUNNING = 10;

/** Bulk redeliveries as those who ask for them know them. */
@Injectable()
export class Redeliveries {
  constructor(
    @InjectDocuments(redeliveries) private readonly documents: Collection<RedeliveryDocument>,
    @InjectDocuments(deliveries) private readonly deliveries: Collection<DeliveryDocument>,
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
   *   same instant both may be started: whichever comes second to a delivery leaves it alone. `invalid` for a chosen delivery that
   *   is none of the webhook.
   */
  async start(wish: Wish, metadata: CommandMetadata): Promise<RedeliveryView> {
    const { webhookId } = wish;
    const lane = webhookId === null ? undefined : this.lanes.get(webhookId);
    if (webhookId !== null && !lane?.enabled) throw conflict('The webhook is disabled; enable it first.');
    await this.#refuseStrangers(wish);
    await this.#refuseTheSame(wish);
    const ids = { redeliveryId: this.ids.uuid(), upTo: await this.store.head() };
    const expected = lane
      ? await expectedOf(this.deliveries, { ...wish, webhookId: lane.webhookId }, lane, ids.upTo)
      : null;
    return this.#execute(new StartRedelivery({ ...wish, ...ids, expected }, metadata), undefined);
  }

  async #refuseStrangers({ webhookId, deliveryIds = [] }: Wish): Promise<void> {
    const known = new Map((await this.deliveries.getMany(deliveryIds)).map((each) => [each.id, each.document]));
    const strange = deliveryIds.findIndex((id) => known.get(id)?.webhookId !== webhookId);
    if (strange >= 0) throw invalid(`deliveryIds[${strange}]`, 'is not a delivery of the webhook');
  }

  async #refuseTheSame(wish: Wish): Promise<void> {
    const { workspaceId, webhookId, what } = wish;
    const { items } = await this.documents.find({
      where: [
        { field: 'workspaceId', eq: workspaceId },
        { field: 'webhookId', eq: webhookId },
        { field: 'what', eq: what },
        { field: 'status', eq: 'running' },
      ],
      limit: MOST_RUNNING,
    });
    const same = items.find(({ document }) => narrowingOf(document) === narrowingOf(wish));
    if (same) throw conflict(`The same is under way already, as redelivery ${same.id}.`);
    if (items.length >= MOST_RUNNING) throw conflict(`${MOST_RUNNING} such redeliveries are under way already.`);
  }

  /** The document, if the caller reaches its workspace. */
  async one(id: string, reaches: (workspaceId: string) => boolean): Promise<RedeliveryDocument> {
    const document = (await this.documents.get(id))?.document;
    if (!document || !reaches(document.workspaceId)) throw notFound('The redelivery');
    return document;
  }

  /** With what has become of the deliveries by now, as far as the documents have it. */
  async view(document: RedeliveryDocument): Promise<RedeliveryView> {
    return viewOf(document, await this.#become(document));
  }

  async #become({ redeliveryId, expected }: RedeliveryDocument): Promise<Become> {
    if (expected === undefined) return { delivered: null, failed: null, waiting: null };
    const of = (outcome: DeliveryDocument['outcome']) =>
      this.deliveries.count([
        { field: 'redeliveryId', eq: redeliveryId },
        { field: 'outcome', eq: outcome },
        { field: 'redeliveryPosition', exists: true },
      ]);
    const [delivered, waiting] = [await of('succeeded'), await of('unfinished')];
    return { delivered, failed: (await of('exhausted')) + (await of('unrendered')), waiting };
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
    return this.view({ ...after, ...executed.state });
  }
}

/** Fields are in the order of the schema. Times do not tell two apart. */
const narrowingOf = ({ filter, deliveryIds }: Pick<RedeliveryDocument, 'filter' | 'deliveryIds'>): string =>
  JSON.stringify([filter ?? null, deliveryIds ?? null]);
