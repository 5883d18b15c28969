import { describe, expect, it } from '@jest/globals';
import { deliveryIdOf } from '../../delivery/contract.ts';
import { CATEGORIES, changesOf, type Change } from './changes-of.ts';
import { event } from './testing/events.ts';

const told = (changes: readonly Change[]) =>
  changes.map((change) => (change.kind === 'delivery' ? { ...change, deliveryId: change.deliveryId() } : change));
const of = { workspaceId: 'shop', webhookId: 'w-1' };
const list = (name: string, workspaceId: string | null = 'shop') => ({ kind: 'list', workspaceId, list: name });

describe('an event of a webhook', () => {
  it('has changed the webhook, and the audit trail', () => {
    const changes = changesOf(event('webhook-w-1', 'WebhookDisabled', { ...of, by: 'admin' }));
    expect(told(changes)).toEqual([{ kind: 'webhook', ...of }, list('activity')]);
  });

  it('has changed the delivery of its test, too', () => {
    const changes = changesOf(event('webhook-w-1', 'TestRequested', { ...of, testId: 't-1' }));
    expect(told(changes)).toContainEqual({ kind: 'delivery', ...of, deliveryId: 't-1' });
  });
});

describe('deliveries', () => {
  const owed = (webhookId: string, workspaceId: string) => ({ webhookId, workspaceId, epoch: 0 });

  it('are changed by what is recorded of them', () => {
    const changes = changesOf(event('delivery-d-1', 'AttemptFailed', { ...of, deliveryId: 'd-1' }));
    expect(told(changes)).toEqual([{ kind: 'delivery', ...of, deliveryId: 'd-1' }]);
  });

  it('are there with their fan-out, also those that are skipped', () => {
    const data = {
      ...{ eventId: 'e-1', type: 'paid', eventWorkspaceId: 'branch', eventPosition: 7, part: 0 },
      idScheme: 'by-position' as const,
      deliveries: [owed('w-1', 'shop')],
      skipped: [owed('w-2', 'group')],
    };
    expect(told(changesOf(event('platformEvent-e-1', 'EventFannedOut', data)))).toEqual([
      { kind: 'delivery', workspaceId: 'shop', webhookId: 'w-1', deliveryId: deliveryIdOf(data, 'w-1') },
      { kind: 'delivery', workspaceId: 'group', webhookId: 'w-2', deliveryId: deliveryIdOf(data, 'w-2') },
    ]);
  });

  it('are not there yet when an event was received', () => {
    expect(changesOf(event('platformEvent-e-1', 'PlatformEventReceived', { workspaceId: 'shop' }))).toEqual([]);
  });
});

describe('a bulk redelivery', () => {
  const job = { kind: 'redelivery', workspaceId: 'shop', redeliveryId: 'r-1' };
  const changes = (type: string) =>
    told(changesOf(event('redelivery-r-1', type, { ...of, redeliveryId: 'r-1', webhookId: null })));

  it('is in the audit trail when it begins and ends, and not with each step', () => {
    expect(changes('RedeliveryStarted')).toEqual([job, list('activity')]);
    expect(changes('RedeliveryFinished')).toEqual([job, list('activity')]);
    expect(changes('RedeliveryProgressed')).toEqual([job]);
  });
});

describe('a list', () => {
  it.each([
    ['apiClient-c', 'ApiClientRevoked', 'api-clients'],
    ['workspace-shop', 'WorkspaceMoved', 'workspaces'],
    ['user-ada', 'UserInvited', 'users'],
    ['notification-n', 'NotificationDue', 'notifications'],
  ])('is changed by an event of %s, in its workspace', (stream, type, name) => {
    expect(changesOf(event(stream, type, { workspaceId: 'shop' }))).toEqual([list(name), list('activity')]);
  });

  it.each([
    ['webhookVersion-v', 'VersionReleased', 'versions'],
    ['trigger-t', 'TriggerAdded', 'triggers'],
  ])('of the installation is changed by an event of %s', (stream, type, name) => {
    expect(changesOf(event(stream, type, {}))).toEqual([list(name, null), list('activity', null)]);
  });
});

it('an event of a category that nobody looks at has changed nothing', () => {
  expect(CATEGORIES).not.toContain('signingKey');
  expect(changesOf(event('signingKey-1', 'SigningKeyIssued', { workspaceId: 'shop' }))).toEqual([]);
});

it('an event that is new to this version is known by the fields that all have', () => {
  expect(told(changesOf(event('webhook-w-1', 'WebhookPolished', of)))).toEqual([
    { kind: 'webhook', ...of },
    list('activity'),
  ]);
});
