import { Projections, type ResidentDocuments } from '../../../../platform/processing/index.ts';
import { logger, type Stores } from '../../../../platform/processing/testing/stores.ts';
import { decideAndAppend } from '../../../../platform/event-store/index.ts';
import type { Collection } from '../../../../platform/read-model/index.ts';
import { ManualClock, randomIds } from '../../../../platform/runtime/index.ts';
import type { WebhookEvent } from '../../../webhook-configuration/contract.ts';
import { deliveries, type DeliveryDocument } from '../../delivery/deliveries.projection.ts';
import { deliveryIdOf } from '../../delivery/delivery-id.ts';
import { delivery } from '../../delivery/delivery.decider.ts';
import { recordAttempt, success } from '../../delivery/testing/delivery-fixtures.ts';
import { lanes, type Lane } from '../../lanes/lanes.projection.ts';
import { redeliveries, type RedeliveryDocument } from '../redeliveries.projection.ts';
import { CancelRedelivery, StartRedelivery, type RedeliveryCommand } from '../redelivery.commands.ts';
import { redelivery } from '../redelivery.decider.ts';
import { RedeliveryJobs } from '../redelivery-jobs.ts';

const settings = {
  name: '',
  description: '',
  applyToAllDescendants: false,
  url: '',
  secret: '',
  headers: {},
  triggers: [],
};

/** The worker of bulk redeliveries on real stores and projections, and nobody who sends. */
export class RedeliveryRig {
  deliveries!: Collection<DeliveryDocument>;
  #documents!: Collection<RedeliveryDocument>;
  #projections!: Projections;
  #jobs!: RedeliveryJobs;

  constructor(
    readonly stores: Stores,
    readonly clock = new ManualClock(1_000_000),
  ) {}

  async start(): Promise<void> {
    const { events, readModel } = this.stores;
    this.#projections = new Projections(events, readModel, logger);
    const resident = (await this.#projections.resident(lanes)) as unknown as ResidentDocuments<Lane>;
    this.deliveries = await this.#projections.add(deliveries);
    this.#documents = await this.#projections.add(redeliveries);
    await this.#projections.start();
    this.#jobs = new RedeliveryJobs(events, this.clock, randomIds, logger, resident, this.#projections);
    this.stores.running({ stop: () => this.stop() });
    await this.#jobs.start();
    await this.settled();
  }

  async stop(): Promise<void> {
    await this.#jobs.stop();
    await this.#projections.stop();
  }

  async settled(): Promise<void> {
    for (let head = -2; head !== (await this.stores.events.head());) {
      head = await this.stores.events.head();
      await this.#projections.caughtUp();
      await this.#jobs.idle();
      await this.#projections.caughtUp();
    }
  }

  /** Lets everything happen that waits for the clock to have moved this far. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.clock.now() + milliseconds;
    for (let next = this.clock.nextTimer(); next !== undefined && next <= end; next = this.clock.nextTimer()) {
      this.clock.advanceTo(Math.max(next, this.clock.now()));
      await this.settled();
    }
    this.clock.advanceTo(end);
    await this.settled();
  }

  webhook(webhookId: string, ...changes: ('WebhookDisabled' | 'WebhookEnabled' | 'WebhookRemoved')[]) {
    const of = { webhookId, workspaceId: 'workspace' };
    const events = changes.map((type, n): WebhookEvent => {
      if (type === 'WebhookDisabled') return { type, data: { ...of, by: 'exhausted', epoch: n + 1 } };
      return type === 'WebhookEnabled' ? { type, data: { ...of, epoch: n + 1 } } : { type, data: of };
    });
    const created: WebhookEvent = {
      type: 'WebhookCreated',
      data: { ...of, ...settings, status: 'enabled', epoch: 0, testId: `test of ${webhookId}` },
    };
    return this.stores.append(`webhook-${webhookId}`, created, ...events);
  }

  /** Deliveries of as many events, in the webhook's first epoch. */
  async owed(webhookId: string, count: number, as: 'deliveries' | 'skipped' = 'deliveries'): Promise<void> {
    const owed = [{ webhookId, workspaceId: 'workspace', epoch: 0 }];
    const events = Array.from({ length: count }, (_, eventPosition) => {
      const of = { ...eventOf(webhookId, eventPosition), type: 'created', eventWorkspaceId: 'child', part: 0 };
      return { type: 'EventFannedOut', data: { ...of, deliveries: [], [as]: owed } };
    });
    await Promise.all(events.map((event) => this.stores.append(`platformEvent-${event.data.eventId}`, event)));
  }

  /** A webhook that was off and is on again, and holds what was owed before. */
  async holding(count: number, webhookId = 'hook'): Promise<void> {
    await this.webhook(webhookId, 'WebhookDisabled', 'WebhookEnabled');
    await this.owed(webhookId, count);
  }

  /** The oldest deliveries that were asked for are delivered. */
  async deliver(count: number, webhookId = 'hook'): Promise<void> {
    const waiting = (await this.documents(webhookId)).filter((each) => each.dueAt !== null && isAsked(each));
    await Promise.all(
      waiting.slice(0, count).map(({ deliveryId, state, epoch }) => {
        const command = recordAttempt(1, success, { deliveryId, webhookId, round: state.round, epoch });
        return decideAndAppend(this.stores.events, randomIds, delivery, `delivery-${deliveryId}`, command);
      }),
    );
    await this.settled();
  }

  /** What became of the deliveries of a webhook, in the order of their events. */
  async documents(webhookId = 'hook'): Promise<DeliveryDocument[]> {
    const { items } = await this.deliveries.find({
      where: [
        { field: 'webhookId', eq: webhookId },
        { field: 'kind', eq: 'event' },
      ],
      sort: { field: 'eventPosition', direction: 'asc' },
      limit: 1_000,
    });
    return items.map(({ document }) => document);
  }

  /** How many of a webhook have been asked for. */
  async asked(webhookId = 'hook'): Promise<number> {
    return (await this.documents(webhookId)).filter(isAsked).length;
  }

  async begin(changes: Partial<StartRedelivery['data']> = {}): Promise<string> {
    const wish = { what: 'held', since: null, until: null, ratePerSecond: 10 } as const;
    const of = {
      redeliveryId: randomIds.uuid(),
      workspaceId: 'workspace',
      webhookId: 'hook',
      upTo: await this.stores.events.head(),
    };
    await this.#execute(new StartRedelivery({ ...of, ...wish, ...changes }, this.#metadata()));
    return of.redeliveryId;
  }

  cancel = (redeliveryId: string) => this.#execute(new CancelRedelivery({ redeliveryId }, this.#metadata()));

  async job(redeliveryId: string): Promise<RedeliveryDocument | undefined> {
    return (await this.#documents.get(redeliveryId))?.document;
  }

  async #execute(command: RedeliveryCommand): Promise<void> {
    const stream = `redelivery-${command.data.redeliveryId}`;
    await decideAndAppend(this.stores.events, randomIds, redelivery, stream, command);
    await this.settled();
  }

  #metadata = () => ({ at: this.clock.now(), actor: 'client:tester', traceId: 'trace' });
}

const isAsked = ({ state }: DeliveryDocument): boolean => state.cause !== 'fan-out';
const eventOf = (webhookId: string, eventPosition: number) => ({
  eventId: `evt-${webhookId}-${eventPosition}`,
  eventPosition,
});
export const deliveryOf = (webhookId: string, eventPosition: number): string =>
  deliveryIdOf(eventOf(webhookId, eventPosition), webhookId);
