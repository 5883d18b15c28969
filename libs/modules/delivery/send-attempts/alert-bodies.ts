import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '../../../platform/event-store/index.ts';
import type { Recorded } from '../../../platform/kernel/index.ts';
import { PAYLOAD_VERSIONS, type PayloadVersions } from '../../version-lifecycle/contract.ts';
import { FIRST_VERSION } from '../../webhook-configuration/contract.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { platformEventStream } from '../platform-event/platform-event-stream.ts';
import type { PlatformEventReceived } from '../platform-event/platform-event.events.ts';
import { renderAlert, type VersionedAlert } from '../render-alert/render-alert.ts';

const MOST_BODIES = 10_000;
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** What an alert is made of can no longer be read. */
export class EventMissing extends Error {
  override readonly name = 'EventMissing';
}

type Body = { readonly version: string; readonly text: string };

/**
 * The body of each alert, in the version of its event and in those it was downgraded to. The newest are kept: first attempts follow
 * soon, and one event may be owed to many.
 */
@Injectable()
export class AlertBodies {
  /** By event: in its own version. By event and version: downgraded. */
  readonly #bodies = new Map<string, Body>();
  readonly #making = new Map<string, Promise<Body>>();
  #characters = 0;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(PAYLOAD_VERSIONS) private readonly versions: PayloadVersions,
  ) {}

  keep(alert: VersionedAlert): void {
    if (!this.#bodies.has(alert.id)) this.#keep(alert.id, { version: alert.version, text: renderAlert(alert) });
  }

  /** @throws {CannotDowngrade | EventMissing} */
  async of(delivery: DeliveryDocument): Promise<string> {
    if (delivery.kind === 'test') return this.#test(delivery);
    const { eventId, version } = delivery;
    const own = this.#bodies.get(eventId);
    if (own?.version === version) return own.text;
    const key = keyOf(delivery);
    const kept = this.#bodies.get(key);
    if (kept) return kept.text;
    const { text } = await this.#once(key, () => this.#in(key, delivery, own));
    return text;
  }

  /** Of an event that had to be read the one text is kept: what other webhooks need of it is mostly the same. */
  async #in(key: string, { eventId, type, version }: DeliveryDocument, own: Body | undefined): Promise<Body> {
    const from = own ?? (await this.#once(eventId, () => this.#read(eventId)));
    if (from.version === version) return this.#keep(eventId, from);
    const text = await this.versions.downgrade(from.text, { type, from: from.version, to: version });
    return text === from.text ? this.#keep(eventId, from) : this.#keep(key, { version, text });
  }

  async #read(eventId: string): Promise<Body> {
    const [event] = await this.store.readStream(platformEventStream(eventId), { limit: 1 });
    if (!event) throw new EventMissing(`The event ${eventId} is not in the store.`);
    const alert = sourceOf(event as Recorded<PlatformEventReceived>);
    return { version: alert.version, text: renderAlert(alert) };
  }

  /** Those who ask for the same meanwhile share it. */
  #once(key: string, make: () => Promise<Body>): Promise<Body> {
    const known = this.#making.get(key);
    if (known) return known;
    const making = this.#make(key, make);
    this.#making.set(key, making);
    return making;
  }

  async #make(key: string, make: () => Promise<Body>): Promise<Body> {
    try {
      return await make();
    } finally {
      this.#making.delete(key);
    }
  }

  async #test({ eventId, workspaceId, createdAt, type, version }: DeliveryDocument): Promise<string> {
    const data = (await this.versions.exampleOf(type, version)) ?? {};
    return renderAlert({ id: eventId, timestamp: createdAt, workspaceId, type, data });
  }

  #keep(key: string, body: Body): Body {
    if (this.#bodies.has(key)) return body;
    this.#bodies.set(key, body);
    this.#characters += body.text.length;
    for (const [oldest, { text }] of this.#bodies) {
      if (this.#bodies.size <= MOST_BODIES && this.#characters <= MOST_CHARACTERS) break;
      this.#bodies.delete(oldest);
      this.#characters -= text.length;
    }
    return body;
  }
}

/** Neither has a space in it. */
const keyOf = ({ eventId, version }: DeliveryDocument): string => `${eventId} ${version}`;

const sourceOf = ({
  data: { eventId, timestamp, workspaceId, type, data, version = FIRST_VERSION },
}: Recorded<PlatformEventReceived>): VersionedAlert => ({ id: eventId, timestamp, workspaceId, type, data, version });
