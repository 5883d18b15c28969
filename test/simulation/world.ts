import { lanes, type Lane } from '../../libs/modules/delivery/lanes/lanes.projection.ts';
import { deliveries, type DeliveryDocument } from '../../libs/modules/delivery/delivery/deliveries.projection.ts';
import { RequestRedelivery } from '../../libs/modules/delivery/delivery/delivery.commands.ts';
import { delivery } from '../../libs/modules/delivery/delivery/delivery.decider.ts';
import type { DeliveryEvent } from '../../libs/modules/delivery/delivery/delivery.events.ts';
import { isReleased, statusOf, type DeliveryStatus } from '../../libs/modules/delivery/delivery/delivery-status.ts';
import { disableFailingWebhook } from '../../libs/modules/delivery/disable-failing-webhook/disable-failing-webhook.saga.ts';
import { fanOut, routing } from '../../libs/modules/delivery/fan-out/fan-out.saga.ts';
import type { RecordFanOut } from '../../libs/modules/delivery/fan-out/fan-out.commands.ts';
import type { RedeliverySelection } from '../../libs/modules/delivery/redelivery/redelivery.events.ts';
import {
  CancelHeld,
  CreateWebhook,
  DisableWebhook,
  EnableWebhook,
  RemoveWebhook,
  ReplaceWebhook,
  type WebhookCommand,
} from '../../libs/modules/webhook-configuration/webhook/webhook.commands.ts';
import { webhook } from '../../libs/modules/webhook-configuration/webhook/webhook.decider.ts';
import type { Webhook } from '../../libs/modules/webhook-configuration/webhook/webhook-state.ts';
import { defaultDelivery, FIRST_VERSION, type Dialect } from '../../libs/modules/webhook-configuration/contract.ts';
import type { DomainEvent, Recorded } from '../../libs/platform/kernel/index.ts';
import { DocumentMap } from '../../libs/platform/processing/document-map.ts';
import { recordOf, type Ending } from './ending.ts';
import { Jobs } from './jobs.ts';
import { Log } from './log.ts';
import { Versions } from './versions.ts';

const HOOK = { webhookId: 'hook', workspaceId: 'workspace' };
/** Of the webhook. One of the location dialect has no secret, and sends no test when it is made. */
export type Kind = { readonly strictOrder: boolean; readonly dialect: Dialect };
type InFlight = { readonly document: DeliveryDocument; readonly lane: Lane; readonly began: number };

const skipping = (data: RecordFanOut['data']) => ({ ...data, deliveries: [], skipped: data.deliveries });

/**
 * One webhook and its deliveries, made of the real deciders, projections and sagas over a log in memory. Projections lag until they
 * are told to catch up, the saga may react to an event again, and a crash forgets all that is not in the log.
 */
export class World {
  /** Log length when an attempt began, by delivery and attempt number. */
  readonly began = new Map<string, number>();
  #documents = new DocumentMap(deliveries);
  #lanes = new DocumentMap(lanes);
  #folded = 0;
  #inFlight = new Map<string, InFlight>();
  #finished = new Map<string, number>();
  #reacted = 0;
  #events = 0;
  readonly #settings;
  readonly #log = new Log();
  readonly versions = new Versions(this.#log);
  readonly #jobs = new Jobs(this.#log);

  constructor({ strictOrder = false, dialect = 'workspace' }: Partial<Kind> = {}) {
    this.#settings = {
      ...HOOK,
      name: '',
      description: '',
      applyToAllDescendants: false,
      url: 'https://x.example',
      secret: dialect === 'location' ? null : 's',
      headers: {},
      delivery: { ...defaultDelivery, schedule: null, strictOrder, concurrency: 1 },
      triggers: ['happened'],
    };
    const made = dialect === 'location' ? { dialect } : { testId: 'test' };
    const create = { ...this.#settings, ...made, businessId: 1, number: 2, version: FIRST_VERSION } as const;
    this.configure(new CreateWebhook({ ...create, status: 'enabled', live: this.versions.all }, this.#by('admin')));
    this.catchUp();
  }

  get now(): number {
    return this.#log.now;
  }

  set now(instant: number) {
    this.#log.now = instant;
  }

  release = () => this.versions.release();

  /** To the newest version. */
  move(): void {
    const status = this.#log
      .stream('webhook-hook')
      .reduce(webhook.evolve as never, undefined as Webhook | undefined)?.status;
    const version = this.versions.behind(0);
    const replace = { ...this.#settings, status: status ?? 'enabled', version, live: this.versions.all };
    this.configure(new ReplaceWebhook(replace, this.#by('admin')));
  }

  /** `full`: as more is owed to the webhook than is kept for one. `behind`: in the shape of that many versions before the newest. */
  publish(full = false, behind = 0): void {
    const eventId = `evt-${this.#events++}`;
    const of = { eventId, type: 'happened', workspaceId: HOOK.workspaceId };
    const data = { ...of, timestamp: 0, data: {}, digest: '', version: this.versions.behind(behind) };
    const received = this.#log.append(`platformEvent-${eventId}`, [{ type: 'PlatformEventReceived', data }]);
    const routes = new DocumentMap(routing);
    this.#log.events.forEach((event) => routes.apply(event as never));
    for (const command of fanOut.react(received[0] as never, routes) as RecordFanOut[]) {
      this.#log.append(`platformEvent-${eventId}`, [
        { type: 'EventFannedOut', data: full ? skipping(command.data) : command.data },
      ]);
    }
  }

  disable = () => this.configure(new DisableWebhook({ ...HOOK, by: 'admin' }, this.#by('admin')));
  enable = (held?: 'release' | 'cancel') =>
    this.configure(new EnableWebhook({ ...HOOK, held, live: this.versions.all }, this.#by('admin')));
  cancel = () => this.configure(new CancelHeld(HOOK, this.#by('admin')));
  remove = () => this.configure(new RemoveWebhook(HOOK, this.#by('admin')));

  configure(command: WebhookCommand): void {
    this.#log.execute(webhook as never, 'webhook-hook', command);
  }

  redeliver(nth: number): void {
    const document = this.documents()[nth];
    const lane = this.lane();
    if (!document || !lane?.enabled || ['pending', 'cancelled'].includes(statusOf(document, lane))) return;
    if (document.kind === 'test') return;
    const { deliveryId } = document;
    const cause = statusOf(document, lane) === 'held' ? 'release' : 'redelivery';
    this.#log.execute(
      delivery as never,
      `delivery-${deliveryId}`,
      new RequestRedelivery({ ...HOOK, deliveryId, epoch: lane.epoch, cause }, this.#by('admin')),
    );
  }

  /** Refused while the webhook is off, as the route does. */
  startJob(what: RedeliverySelection): void {
    if (this.lane()?.enabled) this.#jobs.start(HOOK, what);
  }
  cancelJobs = () => this.#jobs.cancel();
  /** Unrecorded, it is what a crash leaves. */
  work(recorded = true): void {
    this.#jobs.work({ lane: this.lane(), documents: this.documents(), folded: this.#folded }, recorded);
  }
  jobs = () => this.#jobs.all();
  runningJobs = () => this.#jobs.running();

  catchUp(): void {
    for (const event of this.#log.events.slice(this.#folded)) {
      this.#documents.apply(event as never);
      this.#lanes.apply(event as never);
    }
    this.#folded = this.#log.events.length;
    for (const [id, position] of this.#finished) if (position < this.#folded) this.#finished.delete(id);
  }

  /** Takes what is due, as the sender does; several may be in flight at once. */
  begin(): void {
    const lane = this.lane();
    if (!lane) return;
    for (const document of this.documents()) {
      const { deliveryId } = document;
      if (this.#inFlight.has(deliveryId) || this.#finished.has(deliveryId) || document.epoch > lane.epoch) continue;
      const released = document.kind === 'event' && isReleased(document, lane);
      if (statusOf(document, lane) !== 'pending' || (!released && (document.dueAt ?? Infinity) > this.now)) continue;
      this.#inFlight.set(deliveryId, { document, lane, began: this.#log.events.length });
    }
  }

  /** The oldest attempt in flight ends, and is recorded `times` times over. */
  end(ending: Ending, times = 1): void {
    const [first] = this.#inFlight;
    if (!first) return;
    const [deliveryId, { document, lane, began }] = first;
    this.#inFlight.delete(deliveryId);
    const released = document.kind === 'event' && isReleased(document, lane);
    const attempt = document.state.attempts + 1;
    const { workspaceId, webhookId } = document;
    const round = document.state.round + (released ? 1 : 0);
    const epoch = released ? lane.epoch : document.epoch;
    const of = { deliveryId, webhookId, workspaceId, round, epoch };
    const command = recordOf(ending, document, of, this.#by('system'));
    if (command.type === 'RecordAttempt') this.began.set(`${deliveryId}#${attempt}`, began);
    for (let i = 0; i < times; i++) this.#log.execute(delivery as never, `delivery-${deliveryId}`, command);
    this.#finished.set(deliveryId, this.#log.events.length - 1);
  }

  /** Reacts to what it has not yet, and once more to the `again` events before. */
  react(again = 0): void {
    for (const event of this.#log.events.slice(Math.max(0, this.#reacted - again))) {
      if (event.category !== 'delivery') continue;
      disableFailingWebhook
        .react(event as Recorded<DeliveryEvent>, this.#lanes)
        .forEach((command) => this.configure(command as WebhookCommand));
    }
    this.#reacted = this.#log.events.length;
  }

  /** Only the log survives. A sender starts when the documents have reached its head. */
  crash(): void {
    this.#jobs.crash();
    this.#inFlight.clear();
    this.#finished.clear();
    this.#documents = new DocumentMap(deliveries);
    this.#lanes = new DocumentMap(lanes);
    this.#folded = 0;
    this.#reacted = 0;
    this.catchUp();
  }

  /** Lets everything happen that would happen by itself. */
  drain(ending: Ending): void {
    for (let quiet = 0; quiet < 2;) {
      const before = this.#log.events.length;
      this.catchUp();
      this.begin();
      while (this.#inFlight.size > 0) this.end(ending);
      this.react();
      this.work();
      this.catchUp();
      this.now += 10_000_000;
      quiet = this.#log.events.length === before ? quiet + 1 : 0;
    }
  }

  documents(): DeliveryDocument[] {
    return this.#documents.all();
  }

  lane(): Lane | undefined {
    return this.#lanes.get('hook');
  }

  statuses(): Map<string, DeliveryStatus> {
    return new Map(this.documents().map((document) => [document.deliveryId, statusOf(document, this.lane())]));
  }

  of<E extends DomainEvent>(category: string): Recorded<E>[] {
    return this.#log.of<E>(category);
  }

  #by = (actor: string) => this.#log.by(actor);
}
