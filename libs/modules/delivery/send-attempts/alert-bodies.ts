import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '../../../platform/event-store/index.ts';
import { TRIGGER_CATALOG, type TriggerCatalog } from '../../webhook-configuration/contract.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { platformEventStream } from '../platform-event/platform-event-stream.ts';
import type { PlatformEventReceived } from '../platform-event/platform-event.events.ts';
import { renderAlert } from '../render-alert/render-alert.ts';

const MOST_BODIES = 2_000;
const MOST_CHARACTERS = 16 * 1024 * 1024;

type Body = { readonly text: Promise<string>; size: number };

/** The body of each alert, rendered from the stored event; the newest are kept, since one event may be owed to many. */
@Injectable()
export class AlertBodies {
  readonly #bodies = new Map<string, Body>();
  #characters = 0;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(TRIGGER_CATALOG) private readonly catalog: TriggerCatalog,
  ) {}

  async of(delivery: DeliveryDocument): Promise<string> {
    if (delivery.kind === 'test') return this.#test(delivery);
    const { eventId } = delivery;
    const known = this.#bodies.get(eventId);
    if (known) return known.text;
    const body: Body = { text: this.#render(eventId), size: 0 };
    this.#bodies.set(eventId, body);
    try {
      const text = await body.text;
      body.size = text.length;
      this.#characters += text.length;
      this.#shrink();
      return text;
    } catch (error) {
      this.#bodies.delete(eventId);
      throw error;
    }
  }

  async #render(eventId: string): Promise<string> {
    const [event] = await this.store.readStream(platformEventStream(eventId), { limit: 1 });
    if (!event) throw new Error(`The event ${eventId} is not in the store.`);
    const { type, workspaceId, timestamp, data } = event.data as PlatformEventReceived['data'];
    return renderAlert({ id: eventId, timestamp, workspaceId, type, data });
  }

  #test({ eventId, workspaceId, createdAt, type }: DeliveryDocument): string {
    const example = (this.catalog.get(type)?.example ?? {}) as Record<string, unknown>;
    return renderAlert({ id: eventId, timestamp: createdAt, workspaceId, type, data: example });
  }

  #shrink(): void {
    for (const [eventId, { size }] of this.#bodies) {
      if (this.#bodies.size <= MOST_BODIES && this.#characters <= MOST_CHARACTERS) return;
      // One that is still being rendered has not been counted yet.
      if (size === 0) continue;
      this.#bodies.delete(eventId);
      this.#characters -= size;
    }
  }
}
