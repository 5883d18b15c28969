import type { Saga } from '../../../platform/kernel/index.ts';
import { IssueWebhookNumber } from '../webhook/webhook.commands.ts';
import type { WebhookEvent } from '../webhook/webhook.events.ts';

const name = 'number-webhooks';

/** Webhooks from before there were numbers get theirs. Those of a workspace may open its location at once: it becomes one. */
export const numberWebhooks: Saga<WebhookEvent> = {
  name,
  categories: ['webhook'],
  parallel: true,
  react: (event) => {
    if (event.type !== 'WebhookCreated' || event.data.number !== undefined) return [];
    const { webhookId, workspaceId } = event.data;
    return [new IssueWebhookNumber({ webhookId, workspaceId }, { ...event.metadata, actor: `saga:${name}` })];
  },
};
