import type { Projection, Recorded } from '../../../platform/kernel/index.ts';
import type { DeliveryEvent } from '../../delivery/contract.ts';
import { actionOfTrigger, type WebhookEvent, type WebhookSettings } from '../../webhook-configuration/contract.ts';
import { nameOfActor } from './record-values.ts';

/** A webhook as the location dialect records it. Instants are milliseconds since the epoch. */
export type LocationWebhook = {
  readonly webhookId: string;
  readonly workspaceId: string;
  /** Both null until it has been numbered. */
  readonly businessId: number | null;
  readonly number: number | null;
  readonly name: string;
  readonly triggers: readonly string[];
  /** Null when it listens to several triggers, or to one that is no action: then the dialect cannot express it. */
  readonly action: number | null;
  /** Null for none. */
  readonly description: string | null;
  readonly url: string;
  readonly active: boolean;
  readonly lastError: string | null;
  /** Failed attempts since it was last made active. */
  readonly errorCount: number;
  /** The beginning of the newest attempt; tests are none. */
  readonly lastTrigger: number | null;
  readonly createdOn: number;
  /** Of the configuration or the status. */
  readonly updatedOn: number;
  /** Who made that change, as the dialect names them. */
  readonly updatedBy: string;
  readonly removed: boolean;
  /** Whether lists have it: it is numbered, expressible, and there. */
  readonly listed: boolean;
};

type Source = WebhookEvent | DeliveryEvent;

export const locationWebhooks: Projection<LocationWebhook, Source> = {
  name: 'location-webhooks',
  version: 1,
  categories: ['webhook', 'delivery'],
  fields: [
    { field: 'workspaceId', type: 'text', indexed: false },
    { field: 'listed', type: 'boolean', indexed: false },
    { field: 'removed', type: 'boolean', indexed: false },
    { field: 'number', type: 'number' },
    { field: 'businessId', type: 'number', indexed: false },
    { field: 'name', type: 'text', indexed: false },
    { field: 'action', type: 'number', indexed: false },
    { field: 'description', type: 'text', indexed: false },
    { field: 'url', type: 'text', indexed: false },
    { field: 'active', type: 'boolean', indexed: false },
    { field: 'lastError', type: 'text', indexed: false },
    { field: 'errorCount', type: 'number', indexed: false },
    { field: 'lastTrigger', type: 'number', indexed: false },
    { field: 'createdOn', type: 'number', indexed: false },
    { field: 'updatedOn', type: 'number', indexed: false },
    { field: 'updatedBy', type: 'text', indexed: false },
  ],
  indexes: [
    ['workspaceId', 'listed', 'number'],
    ['listed', 'number'],
  ],
  byPosition: false,
  storedWithin: 'second',
  keys: (event) => [event.data.webhookId],
  fold: (document, event) => {
    const next = after(document, event);
    if (next === undefined || next === document) return undefined;
    return { ...next, listed: next.number !== null && next.action !== null && !next.removed };
  },
};

function after(document: LocationWebhook | undefined, event: Recorded<Source>): LocationWebhook | undefined {
  const { metadata } = event;
  const updated = { updatedOn: metadata.at, updatedBy: nameOfActor(metadata.actor) };
  if (event.type === 'WebhookCreated') {
    const { webhookId, workspaceId, businessId = null, number = null, status } = event.data;
    return {
      webhookId,
      workspaceId,
      businessId,
      number,
      ...settingsOf(event.data),
      active: status === 'enabled',
      lastError: null,
      errorCount: 0,
      lastTrigger: null,
      createdOn: metadata.at,
      ...updated,
      removed: false,
      listed: false,
    };
  }
  if (!document) return undefined;
  switch (event.type) {
    case 'WebhookNumbered': {
      const { businessId, number } = event.data;
      return { ...document, businessId, number };
    }
    case 'WebhookChanged':
      return { ...document, ...settingsOf(event.data), ...updated };
    case 'WebhookSecretRotated':
      return { ...document, ...updated };
    case 'WebhookEnabled':
      return { ...document, active: true, errorCount: 0, ...updated };
    case 'WebhookDisabled':
      return { ...document, active: false, ...updated };
    case 'WebhookRemoved':
      return { ...document, removed: true, ...updated };
    case 'AttemptSucceeded':
    case 'AttemptFailed':
      return attempted(document, event);
    default:
      return document;
  }
}

function settingsOf({ name, triggers, description, url }: WebhookSettings) {
  const [only, ...others] = triggers;
  const action = only !== undefined && others.length === 0 ? actionOfTrigger(only)?.number : undefined;
  return { name, triggers, action: action ?? null, description: description === '' ? null : description, url };
}

/** Also while no record can express it: it may be one later, and tells then what has become of it. */
function attempted(
  document: LocationWebhook,
  { type, data }: Extract<Recorded<Source>, { type: 'AttemptSucceeded' | 'AttemptFailed' }>,
): LocationWebhook {
  if (data.kind === 'test' || document.removed) return document;
  const lastTrigger = Math.max(document.lastTrigger ?? 0, data.startedAt);
  if (type === 'AttemptSucceeded') return { ...document, lastTrigger };
  return { ...document, lastTrigger, lastError: data.error ?? null, errorCount: document.errorCount + 1 };
}
