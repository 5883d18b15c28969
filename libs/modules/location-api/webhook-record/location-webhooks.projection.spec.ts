import { describe, expect, it } from '@jest/globals';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import type { AttemptFailed, AttemptSucceeded, DeliveryEvent } from '../../delivery/contract.ts';
import type { WebhookChanged, WebhookCreated, WebhookEvent } from '../../webhook-configuration/contract.ts';
import { locationWebhooks } from './location-webhooks.projection.ts';

type Source = WebhookEvent | DeliveryEvent;
/** Events are a millisecond apart from here on. */
const START = 1_700_000_000_000;
const here = { webhookId: 'hook', workspaceId: 'workspace' };
const numbers = { businessId: 11, number: 22 };
const settings = {
  name: 'Bookings',
  description: 'For the doors',
  applyToAllDescendants: false,
  url: 'https://doors.example',
  secret: null,
  headers: {},
  triggers: ['booking-create'],
};

const created = (change: Partial<WebhookCreated['data']> = {}): WebhookEvent => ({
  type: 'WebhookCreated',
  data: { ...here, ...settings, ...numbers, status: 'enabled', epoch: 0, ...change },
});
const changed = (change: Partial<WebhookChanged['data']>): WebhookEvent => ({
  type: 'WebhookChanged',
  data: { ...here, ...settings, ...change },
});
const numbered: WebhookEvent = { type: 'WebhookNumbered', data: { ...here, ...numbers } };
const enabled: WebhookEvent = { type: 'WebhookEnabled', data: { ...here, epoch: 2 } };
const disabled: WebhookEvent = { type: 'WebhookDisabled', data: { ...here, by: 'exhausted', epoch: 1 } };
const removed: WebhookEvent = { type: 'WebhookRemoved', data: here };

const delivery = { ...here, deliveryId: 'delivery' };
const attempt = { ...delivery, attempt: 1, round: 1, startedAt: 500, endedAt: 600, url: settings.url };
const succeeded = (change: Partial<AttemptSucceeded['data']> = {}): DeliveryEvent => ({
  type: 'AttemptSucceeded',
  data: { ...attempt, statusCode: 200, ...change },
});
const failed = (change: Partial<AttemptFailed['data']> = {}): DeliveryEvent => ({
  type: 'AttemptFailed',
  data: { ...attempt, error: 'answered 500', nextAttemptAt: null, epoch: 0, gone: false, ...change },
});

const streamOf = ({ data }: Source) => ('startedAt' in data || 'round' in data ? 'delivery-1' : 'webhook-hook');
const after = (...history: Source[]) => projecting(locationWebhooks, record(history, streamOf, START));

describe('a webhook made in the location dialect', () => {
  it('is listed, with the number of its action', () =>
    expect(after(created()).documents).toEqual({
      hook: {
        ...here,
        ...numbers,
        name: 'Bookings',
        triggers: ['booking-create'],
        action: 6,
        description: 'For the doors',
        url: 'https://doors.example',
        active: true,
        lastError: null,
        errorCount: 0,
        lastTrigger: null,
        createdOn: START,
        updatedOn: START,
        updatedBy: 'tester',
        removed: false,
        listed: true,
      },
    }));

  it('may begin disabled, and without a description', () =>
    after(created({ status: 'disabled', description: '' })).then({ hook: { active: false, description: null } }));

  it('may listen to the action that never fires', () =>
    after(created({ triggers: ['none'] })).then({ hook: { action: 1, listed: true } }));

  it('follows its changes', () =>
    after(created(), changed({ name: 'Members', url: 'https://b.example', triggers: ['coworker-create'] })).then({
      hook: {
        name: 'Members',
        url: 'https://b.example',
        action: 3,
        createdOn: START,
        updatedOn: START + 1,
        ...numbers,
      },
    }));

  it('is updated when its secret is rotated', () =>
    after(created(), { type: 'WebhookSecretRotated', data: { ...here, secret: 'new' } }).then({
      hook: { name: 'Bookings', updatedOn: START + 1 },
    }));

  it('is in no list once it is removed', () =>
    after(created(), removed).then({ hook: { removed: true, listed: false, updatedOn: START + 1 } }));

  it('does not change with its drafts and tests', () => {
    const none: Source[] = [
      { type: 'TestRequested', data: { ...here, testId: 'test' } },
      { type: 'DraftCreated', data: { ...here, target: '2026-11-01', of: '2026-01-01', by: 'admin' } },
      { type: 'BacklogFilled', data: { ...here, limit: 5 } },
    ];
    expect(after(created(), ...none).documents).toEqual(after(created()).documents);
  });
});

describe('a webhook without a number', () => {
  const old = created({ businessId: undefined, number: undefined });

  it('is in no list', () => after(old).then({ hook: { businessId: null, number: null, listed: false } }));

  it('is listed from when it gets one, as it was', () =>
    after(old, numbered).then({ hook: { ...numbers, listed: true, updatedOn: START } }));
});

describe('a webhook no record can express', () => {
  it.each([[['booking-create', 'booking-update']], [['workspace-created']]])('listens to %j', (triggers) =>
    after(created({ triggers })).then({ hook: { ...numbers, triggers, action: null, listed: false } }),
  );

  it('is listed once it listens to one action', () => {
    after(created({ triggers: ['workspace-created'] }), changed({})).then({ hook: { action: 6, listed: true } });
    after(created(), changed({ triggers: [] })).then({ hook: { action: null, listed: false } });
  });
});

describe('the attempts of a webhook', () => {
  it('tell when it was last triggered: at the beginning of the newest', () => {
    after(created(), succeeded()).then({ hook: { lastTrigger: 500, lastError: null, errorCount: 0 } });
    after(created(), failed({ startedAt: 700 }), succeeded({ startedAt: 650 })).then({ hook: { lastTrigger: 700 } });
  });

  it('count when they fail, and the last error stays', () =>
    after(created(), failed(), failed({ error: 'timed out' }), succeeded()).then({
      hook: { errorCount: 2, lastError: 'timed out' },
    }));

  it('are no change of the webhook', () =>
    after(created(), failed(), succeeded()).then({ hook: { updatedOn: START, updatedBy: 'tester' } }));

  it('count from 0 again once it is active again', () => {
    after(created(), failed(), disabled).then({ hook: { active: false, errorCount: 1, updatedOn: START + 2 } });
    after(created(), failed(), disabled, enabled).then({
      hook: { active: true, errorCount: 0, lastError: 'answered 500', lastTrigger: 500, updatedOn: START + 3 },
    });
  });

  it('count for nothing if they are tests', () => {
    const tests = [failed({ kind: 'test' }), succeeded({ kind: 'test' })];
    expect(after(created(), ...tests).documents).toEqual(after(created()).documents);
  });

  it('are kept of a webhook that no record can express, which may become one', () => {
    const several = created({ triggers: ['booking-create', 'booking-update'] });
    after(several, failed()).then({
      hook: { listed: false, errorCount: 1, lastError: 'answered 500', lastTrigger: 500 },
    });
  });

  it('are not kept of a webhook that is removed, nor of one that is not there', () => {
    const gone = [created(), removed];
    expect(after(...gone, failed()).documents).toEqual(after(...gone).documents);
    expect(after(failed()).documents).toEqual({});
  });
});
