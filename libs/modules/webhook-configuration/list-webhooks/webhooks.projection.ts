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
  /** The name as lists sort by it: in lower case. */
  readonly nameKey: string;
  /** Name and URL, in lower case: what is searched. */
  readonly searchText: string;
  /** All triggers, with a space before and after each. */
  readonly triggerText: string;
};

const UPDATES: ReadonlySet<WebhookEvent['type']> = new Set([
  'WebhookCreated',
  'WebhookChanged',
  'WebhookSecretRotated',
  'WebhookEnabled',
  'WebhookDisabled',
]);

export const isUpdate = (type: WebhookEvent['type']): boolean => UPDATES.has(type);

export const webhooks: Projection<WebhookDocument, WebhookEvent> = {
  name: 'webhooks',
  version: 6,
  categories: ['webhook'],
  fields: [
    { field: 'workspaceId', type: 'text', indexed: false },
    { field: 'removed', type: 'boolean', indexed: false },
    { field: 'status', type: 'text', indexed: false },
    { field: 'disabledBy', type: 'text', indexed: false },
    { field: 'version', type: 'text', indexed: false },
    { field: 'createdAt', type: 'number', indexed: false },
    { field: 'updated', type: 'number', indexed: false },
    { field: 'nameKey', type: 'text', indexed: false },
    { field: 'searchText', type: 'text', indexed: false },
    { field: 'triggerText', type: 'text', indexed: false },
  ],
  indexes: [
    ['workspaceId', 'removed', 'createdAt'],
    ['workspaceId', 'removed', 'nameKey'],
    ['workspaceId', 'removed', 'updated'],
  ],
  byPosition: false,
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
      nameKey: state.name.toLowerCase(),
      searchText: `${state.name}\n${state.url}`.toLowerCase(),
      triggerText: spaced(state.triggers),
    };
  },
};

/** No type of a trigger has a space, so that one is found by itself. */
export const spaced = (triggers: readonly string[]): string => ` ${triggers.join(' ')} `;
