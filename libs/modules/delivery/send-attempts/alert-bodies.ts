import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '../../../platform/event-store/index.ts';
import type { Recorded } from '../../../platform/kernel/index.ts';
import { TRIGGER_CATALOG, type TriggerCatalog } from '../../webhook-configuration/contract.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { platformEventStream } from '../platform-event/platform-event-stream.ts';
import type { PlatformEventReceived } from '../platform-event/platform-event.events.ts';
import { renderAlert, type AlertSource } from '../render-alert/render-alert.ts';

const MOST_BODIES = 10_000;
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** The body of each alert. The newest are kept: first attempts follow soon, and one event may be owed to many. */
@Injectable()
export class AlertBodies {
  readonly #bodies = new Map<string, string>();
  readonly #rendering = new Map<string, Promise<string>>();
  #characters = 0;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(TRIGGER_CATALOG) private readonly catalog: TriggerCatalog,
  ) {}

  keep(alert: AlertSource): void {
    if (!this.#bodies.has(alert.id)) this.#keep(alert.id, renderAlert(alert));
  }

  async of(delivery: DeliveryDocument): Promise<string> {
    if (delivery.kind === 'test') return this.#test(delivery);
    const { eventId } = delivery;
    return this.#bodies.get(eventId) ?? this.#rendering.get(eventId) ?? this.#read(eventId);
  }

  #read(eventId: string): Promise<string> {
    const rendering = this.#readOne(eventId).finally(() => this.#rendering.delete(eventId));
    this.#rendering.set(eventId, rendering);
    return rendering;
  }

  async #readOne(eventId: string): Promise<string> {
    const [event] = await this.store.readStream(platformEventStream(eventId), { limit: 1 });
    if (!event) throw new Error(`The event ${eventId} is not in the store.`);
    return this.#keep(eventId, renderAlert(sourceOf(event as Recorded<PlatformEventReceived>)));
  }

  #test({ eventId, workspaceId, createdAt, type }: DeliveryDocument): string {
    const example = (this.catalog.get(type)?.example ?? {}) as Record<string, unknown>;
    return renderAlert({ id: eventId, timestamp: createdAt, workspaceId, type, data: example });
  }

  #keep(eventId: string, body: string): string {
    if (this.#bodies.has(eventId)) return body;
    this.#bodies.set(eventId, body);
    this.#characters += body.length;
    for (const [oldest, { length }] of this.#bodies) {
      if (this.#bodies.size <= MOST_BODIES && this.#characters <= MOST_CHARACTERS) break;
      this.#bodies.delete(oldest);
      this.#characters -= length;
    }
    return body;
  }
}

const sourceOf = ({
  data: { eventId, timestamp, workspaceId, type, data },
}: Recorded<PlatformEventReceived>): AlertSource => ({
  id: eventId,
  timestamp,
  workspaceId,
  type,
  data,
});
