import { describe, expect, it } from '@jest/globals';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import { defaultDelivery } from '../webhook/delivery-settings.ts';
import {
  created,
  createdDisabled,
  createdInLocation,
  createdLongAgo,
  disabled,
  draftChanged,
  draftCreated,
  enabled,
  here,
  newest,
  numbered,
  numbers,
  removed,
  rotated,
  settings,
  streamOf,
  version,
  webhookId,
} from '../webhook/testing/webhook-history.ts';
import type { WebhookEvent } from '../webhook/webhook.events.ts';
import { webhooks } from './webhooks.projection.ts';

const START = 1_700_000_000_000;
const after = (...events: WebhookEvent[]) => projecting(webhooks, record(events, streamOf, START));

describe('the document of a webhook', () => {
  it('holds its configuration, sealed, and its status', () =>
    after(created).then({
      [webhookId]: {
        id: webhookId,
        workspaceId: here.workspaceId,
        ...settings,
        dialect: 'workspace',
        ...numbers,
        previousSecret: null,
        version,
        status: 'enabled',
        disabledBy: null,
        epoch: 0,
        pendingFrom: 0,
        nothingHeldUpTo: -1,
        backlogFull: false,
        draft: null,
        discardedFor: [],
        removed: false,
        revision: 0,
        createdAt: START,
        updated: START,
        nameKey: 'billing',
        searchText: 'billing\nhttps://customer.example/hook',
        triggerText: ' workspace-created ',
      },
    }));

  it('begins as it was made', () =>
    after(createdDisabled).then({ [webhookId]: { status: 'disabled', disabledBy: 'admin', epoch: 1 } }));

  it('follows its changes', () =>
    after(created, { type: 'WebhookChanged', data: { ...here, ...settings, name: 'Invoices' } }).then({
      [webhookId]: { name: 'Invoices', revision: 1, createdAt: START, updated: START + 1 },
    }));

  it('is searched and sorted as it is now, in lower case', () => {
    const change = { name: 'ÉTÉ Invoices', url: 'https://Customer.example/New', triggers: ['a', 'b.c'] };
    after(created, { type: 'WebhookChanged', data: { ...here, ...settings, ...change } }).then({
      [webhookId]: {
        nameKey: 'été invoices',
        searchText: 'été invoices\nhttps://customer.example/new',
        triggerText: ' a b.c ',
      },
    });
  });

  it('follows its status, and says who disabled it', () => {
    after(created, disabled('exhausted', 1)).then({
      [webhookId]: { status: 'disabled', disabledBy: 'exhausted', epoch: 1, updated: START + 1 },
    });
    after(created, disabled('exhausted', 1), enabled(2)).then({
      [webhookId]: { status: 'enabled', disabledBy: null, epoch: 2, updated: START + 2 },
    });
  });

  it('has delivery settings, also of a webhook that is older than these', () =>
    after(createdLongAgo).then({ [webhookId]: { delivery: defaultDelivery } }));

  it('is on the first version if its events are older than versions', () =>
    after(createdLongAgo, { type: 'WebhookChanged', data: { ...here, ...settings } }).then({
      [webhookId]: { version },
    }));

  it('has its dialect, and no secret in that of a location', () =>
    after(createdInLocation).then({ [webhookId]: { dialect: 'location', secret: null, ...numbers } }));

  it('has the secret it was given last, and the one before it for as long as that signs', () =>
    after(created, rotated('new', 7)).then({
      [webhookId]: { secret: 'new', previousSecret: { secret: settings.secret, until: 7 }, updated: START + 1 },
    }));

  it('counts its number as a revision, not as a change', () => {
    after(createdLongAgo).then({ [webhookId]: { businessId: null, number: null } });
    after(createdLongAgo, numbered).then({ [webhookId]: { ...numbers, revision: 1, updated: START } });
  });

  it('counts a draft as a revision, not as a change', () =>
    after(created, draftCreated(), draftChanged({ name: 'Invoices' })).then({
      [webhookId]: {
        revision: 2,
        updated: START,
        name: settings.name,
        draft: { target: newest, changes: { name: 'Invoices' }, of: version, by: 'calendar' },
      },
    }));

  it('counts a full backlog as a revision, not as a change', () =>
    after(created, { type: 'BacklogFilled', data: { ...here, limit: 10 } }).then({
      [webhookId]: { revision: 1, updated: START, backlogFull: true },
    }));

  it('counts a test as a revision, not as a change', () =>
    after(created, { type: 'TestRequested', data: { ...here, testId: 'test-2' } }).then({
      [webhookId]: { revision: 1, updated: START },
    }));

  it('stays when the webhook is removed, and says so', () =>
    after(created, removed).then({ [webhookId]: { removed: true } }));

  it('does not come into being by anything but the creation', () => expect(after(enabled(2)).documents).toEqual({}));
});
