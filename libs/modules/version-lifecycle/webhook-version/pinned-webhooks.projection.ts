import type { Projection } from '../../../platform/kernel/index.ts';
import { FIRST_VERSION, type WebhookEvent } from '../../webhook-configuration/contract.ts';

/** A webhook as far as its version goes: what is on a version is counted from these. */
export type PinnedWebhook = {
  readonly webhookId: string;
  readonly workspaceId: string;
  readonly version: string;
  readonly removed: boolean;
};

export const pinnedWebhooks: Projection<PinnedWebhook, WebhookEvent> = {
  name: 'pinned-webhooks',
  version: 1,
  categories: ['webhook'],
  fields: [
    { field: 'workspaceId', type: 'text', indexed: false },
    { field: 'version', type: 'text', indexed: false },
    { field: 'removed', type: 'boolean', indexed: false },
  ],
  indexes: [['version', 'removed', 'workspaceId']],
  byPosition: false,
  keys: (event) => [event.data.webhookId],
  fold: (document, event) => {
    if (event.type === 'WebhookCreated') {
      const { webhookId, workspaceId, version = FIRST_VERSION } = event.data;
      return { webhookId, workspaceId, version, removed: false };
    }
    if (!document) return undefined;
    if (event.type === 'WebhookRemoved') return { ...document, removed: true };
    const { version } = event.type === 'WebhookChanged' ? event.data : {};
    return version === undefined || version === document.version ? document : { ...document, version };
  },
};
