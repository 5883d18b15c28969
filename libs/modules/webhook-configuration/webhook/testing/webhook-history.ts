import type { CommandMetadata } from '../../../../platform/kernel/index.ts';
import { defaultDelivery, type DeliverySettings } from '../delivery-settings.ts';
import { FIRST_VERSION } from '../webhook-versions.ts';
import { CreateWebhook } from '../webhook.commands.ts';
import type {
  DraftChanged,
  DraftChanges,
  DraftCreated,
  DraftDiscarded,
  HeldCancelled,
  WebhookChanged,
  WebhookCreated,
  WebhookDisabled,
  WebhookEnabled,
  WebhookEvent,
  WebhookNumbered,
  WebhookRemoved,
  WebhookSecretRotated,
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
  delivery: defaultDelivery,
};
/** Of three versions: the one the webhooks here begin on, the newest, and the one between. */
export const version = FIRST_VERSION;
export const newest = '2026-11-01';
export const between = '2026-06-01';
export const live = [newest, between, version];
/** Once that has expired. */
export const later = [newest, between];

/** As commands take them. */
export const body = {
  ...settings,
  triggers: [...settings.triggers],
  headers: { ...settings.headers },
  delivery: { ...defaultDelivery, schedule: null },
  live,
};

/** What the location dialect knows it by. */
export const numbers = { businessId: 1_001, number: 87_654_321 };

export const toCreate = (change: Partial<CreateWebhook['data']> = {}): CreateWebhook =>
  new CreateWebhook(
    { ...here, ...body, ...numbers, version, status: 'enabled', testId: 'test-1', ...change },
    metadata,
  );

export const created: WebhookCreated = {
  type: 'WebhookCreated',
  data: { ...here, ...settings, ...numbers, version, status: 'enabled', epoch: 0, testId: 'test-1' },
};
export const createdDisabled: WebhookCreated = {
  type: 'WebhookCreated',
  data: { ...created.data, status: 'disabled', epoch: 1 },
};

export const createdWith = (delivery: Partial<DeliverySettings>): WebhookCreated => ({
  type: 'WebhookCreated',
  data: { ...created.data, delivery: { ...defaultDelivery, ...delivery } },
});
/** No test is owed to it, and it has no secret. */
export const inLocation = { dialect: 'location', secret: null, testId: undefined } as const;
export const createdInLocation: WebhookCreated = { type: 'WebhookCreated', data: { ...created.data, ...inLocation } };

/** As it was before webhooks had delivery settings, versions and numbers. */
export const createdLongAgo: WebhookCreated = {
  type: 'WebhookCreated',
  data: { ...created.data, delivery: undefined, version: undefined, businessId: undefined, number: undefined },
};

export const changedTo = (change: Partial<WebhookChanged['data']>): WebhookChanged => ({
  type: 'WebhookChanged',
  data: { ...here, ...settings, version, ...change },
});
/** From the secret that the webhooks here begin with; without an end there is no overlap. */
export const rotated = (secret: string, previousUntil?: number, previous = 'sealed secret'): WebhookSecretRotated => ({
  type: 'WebhookSecretRotated',
  data: { ...here, secret, ...(previousUntil === undefined ? {} : { previous, previousUntil }) },
});
export const numbered: WebhookNumbered = { type: 'WebhookNumbered', data: { ...here, ...numbers } };
export const enabled = (epoch: number, held?: 'release'): WebhookEnabled => ({
  type: 'WebhookEnabled',
  data: { ...here, epoch, ...(held && { held }) },
});
export const heldCancelled = (upTo: number, epoch: number): HeldCancelled => ({
  type: 'HeldCancelled',
  data: { ...here, upTo, epoch },
});
export const disabled = (by: WebhookDisabled['data']['by'], epoch: number): WebhookDisabled => ({
  type: 'WebhookDisabled',
  data: { ...here, by, epoch },
});
export const draftCreated = (
  by: DraftCreated['data']['by'] = 'calendar',
  data: Partial<DraftCreated['data']> = {},
): DraftCreated => ({ type: 'DraftCreated', data: { ...here, target: newest, of: version, by, ...data } });
export const draftChanged = (changes: DraftChanges, target = newest): DraftChanged => ({
  type: 'DraftChanged',
  data: { ...here, target, changes },
});
export const draftDiscarded = (of = version, target = newest): DraftDiscarded => ({
  type: 'DraftDiscarded',
  data: { ...here, target, of },
});
export const removed: WebhookRemoved = { type: 'WebhookRemoved', data: here };

export const streamOf = (event: WebhookEvent): string => `webhook-${event.data.webhookId}`;
