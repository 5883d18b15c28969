import { describe, expect, it } from '@jest/globals';
import { sentenceFor } from './sentences.ts';

const webhook = { webhookId: 'w-1', workspaceId: 'company1' };

describe('what is said', () => {
  it.each([
    ['WebhookCreated', { ...webhook, name: '', status: 'disabled' }, 'Webhook w-1 was created, disabled.'],
    [
      'RedeliveryStarted',
      { ...webhook, what: 'held' },
      'The release of the deliveries held by webhook w-1 was started.',
    ],
    [
      'RedeliveryStarted',
      { workspaceId: 'company1', webhookId: null, what: 'not-delivered' },
      'A redelivery of what was not delivered to all webhooks of workspace company1 was started.',
    ],
    [
      'RedeliveryFinished',
      { ...webhook, requested: 1_200, reason: 'webhook-disabled' },
      'The redelivery to webhook w-1 finished, as the webhook was disabled: 1,200 deliveries were asked for.',
    ],
    [
      'RedeliveryCancelled',
      { ...webhook, requested: 3 },
      'The redelivery to webhook w-1 was cancelled after 3 deliveries.',
    ],
    [
      'PlatformEventParked',
      { type: 'order-paid', stream: 'orders-7', revision: 1_204, workspaceId: null, reason: 'malformed' },
      'The platform event order-paid (orders-7@1204) was parked: it cannot be read.',
    ],
    [
      'ParkedEventReplayed',
      { type: 'order-paid', stream: 'orders-7', revision: 0, workspaceId: 'w' },
      'The platform event order-paid (orders-7@0) was parked, and has been taken in.',
    ],
    [
      'ParkedEventDropped',
      { type: 'order-paid', stream: 'orders-7', revision: 0, workspaceId: 'w' },
      'The platform event order-paid (orders-7@0) was parked, and has been dropped.',
    ],
    ['WebhookChanged', { ...webhook, name: 'Billing' }, 'Webhook "Billing" was changed.'],
    ['WebhookDisabled', { ...webhook, by: 'admin' }, 'Webhook w-1 was disabled.'],
    [
      'WebhookDisabled',
      { ...webhook, by: 'gone' },
      'Webhook w-1 was disabled because its receiver answered that it is gone.',
    ],
    ['WebhookDisabled', { ...webhook, by: 'exhausted' }, 'Webhook w-1 was disabled after its last attempt failed.'],
    ['WebhookEnabled', { ...webhook, epoch: 2 }, 'Webhook w-1 was enabled.'],
    [
      'WebhookEnabled',
      { ...webhook, epoch: 2, held: 'release' },
      'Webhook w-1 was enabled, and what it held was released.',
    ],
    ['HeldCancelled', { ...webhook, upTo: 1 }, 'The deliveries held by webhook w-1 were cancelled.'],
    [
      'BacklogFilled',
      { ...webhook, limit: 1_000_000 },
      'Webhook w-1 has 1,000,000 deliveries waiting, as many as are kept for one: what is published now is skipped.',
    ],
    [
      'WebhookSecretRotated',
      { ...webhook, secret: 'x', previous: 'y', previousUntil: 5 },
      'The secret of webhook w-1 was rotated.',
    ],
    ['BacklogCleared', webhook, 'Webhook w-1 has room for new deliveries again.'],
    [
      'WorkspaceRegistered',
      { workspaceId: 'root', displayName: 'Root', parentWorkspaceId: null },
      'Workspace "Root" was registered.',
    ],
    ['WorkspaceMoved', { workspaceId: 'a', parentWorkspaceId: 'b' }, 'Workspace a was moved under b.'],
    ['ApiClientIssued', { clientId: 'c-1', name: 'Billing', workspaceId: 'a' }, 'API client "Billing" was issued.'],
    ['ApiClientRevoked', { clientId: 'c-1', workspaceId: 'a' }, 'API client c-1 was revoked.'],
    ['TriggerChanged', { type: 'invoice-paid' }, 'The trigger invoice-paid was changed.'],
    ['WorkspaceSecretRotated', { workspaceId: 'a', secret: 'x' }, 'The secret of workspace a was rotated.'],
    ['SomethingNewHappened', {}, 'Something new happened.'],
  ])('after %s is a sentence', (type, data, sentence) => expect(sentenceFor({ type, data })).toBe(sentence));
});
