import type { CommandMetadata } from '../../../../platform/kernel/index.ts';
import type {
  WebhookCreated,
  WebhookDisabled,
  WebhookEnabled,
  WebhookEvent,
  WebhookRemoved,
  WebhookSettings,
} from '../webhook.events.ts';

export const webhookId = '66b204f0c992d50b8b2f984c';
export const workspaceId = 'company1';
export const here = { webhookId, workspaceId };
export const elsewhere = { webhookId, workspaceId: 'company2' };

export const metadata: CommandMetadata = { at: 1_700_000_000_000, actor: 'client:tester', traceId: 'trace' };

export const settings: WebhookSettings = {
  name: 'Billing',
  description: 'Used for updating invoices',
  applyToAllDescendants: true,
  url: 'https://customer.example/hook',
  secret: 'sealed secret',
  headers: { Authorization: 'sealed authorization' },
  triggers: ['workspace-created'],
};

export const created: WebhookCreated = {
  type: 'WebhookCreated',
  data: { ...here, ...settings, status: 'enabled', epoch: 0, testId: 'test-1' },
};
export const createdDisabled: WebhookCreated = {
  type: 'WebhookCreated',
  data: { ...created.data, status: 'disabled', epoch: 1 },
};

export const enabled = (epoch: number): WebhookEnabled => ({ type: 'WebhookEnabled', data: { ...here, epoch } });
export const disabled = (by: WebhookDisabled['data']['by'], epoch: number): WebhookDisabled => ({
  type: 'WebhookDisabled',
  data: { ...here, by, epoch },
});
export const removed: WebhookRemoved = { type: 'WebhookRemoved', data: here };

export const streamOf = (event: WebhookEvent): string => `webhook-${event.data.webhookId}`;
