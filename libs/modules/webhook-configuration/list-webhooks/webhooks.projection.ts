import type { Projection } from '../../../platform/kernel/index.ts';
import { webhook } from '../webhook/webhook.decider.ts';
import type { Webhook } from '../webhook/webhook-state.ts';
import type { WebhookEvent } from '../webhook/webhook.events.ts';

/** The webhook as its decider knows it, secret and header values sealed. */
export type WebhookDocument = Webhook & {
  /** Of the stream's last event, whatever it was: the ETag. */
  readonly revision: number;
  readonly createdAt: number;
  /** Milliseconds of the last change of the configuration or the status. */
  readonly updated: number;
};

const UPDATES: ReadonlySet<WebhookEvent['type']> = new Set([
  'WebhookCreated',
  'WebhookChanged',
  'WebhookEnabled',
  'WebhookDisabled',
]);

export const isUpdate = (type: WebhookEvent['type']): boolean => UPDATES.has(type);

export const webhooks: Projection<WebhookDocument, WebhookEvent> = {
  name: 'webhooks',
  version: 4,
  categories: ['webhook'],
  fields: [
    { field: 'workspaceId', type: 'text' },
    { field: 'removed', type: 'boolean' },
    { field: 'status', type: 'text' },
    { field: 'version', type: 'text' },
    { field: 'createdAt', type: 'number' },
  ],
  indexes: [['workspaceId', 'removed', 'createdAt']],
  keys: (event) => [event.data.webhookId],
  fold: (document, event) => {
    const state = webhook.evolve(document, event);
    if (state === undefined) return undefined;
    const { at } = event.metadata;
    return {
      ...state,
      revision: event.revision,
      createdAt: document?.createdAt ?? at,
      updated: isUpdate(event.type) ? at : (document?.updated ?? at),
    };
  },
};
