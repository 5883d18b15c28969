import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '../../../platform/kernel/index.ts';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import { sealingKey } from '../../../platform/sealing/index.ts';
import { activity, type AuditedEvent } from './activity.projection.ts';

const key = sealingKey(Buffer.alloc(32, 9));
const webhook = { webhookId: 'w-1', workspaceId: 'company1' };
const created: AuditedEvent = {
  type: 'WebhookCreated',
  data: {
    ...webhook,
    name: 'Billing',
    description: '',
    applyToAllDescendants: true,
    url: 'https://customer.example/hook',
    secret: key.seal('supersecuresecret', 'here'),
    headers: { Authorization: key.seal('Bearer abc', 'there') },
    triggers: ['workspace-created'],
    status: 'enabled',
    epoch: 0,
    testId: 'test-1',
  },
};

const entryOf = (event: AuditedEvent, stream = 'webhook-w-1') => {
  const [entry, ...more] = Object.values(
    projecting(
      activity,
      record([event], () => stream),
    ).documents,
  );
  expect(more).toEqual([]);
  return entry;
};

describe('an entry of the audit trail', () => {
  it('says who did what to which webhook, when and under which trace', () =>
    expect(entryOf(created)).toMatchObject({
      id: 'event-0',
      at: 1_700_000_000_000,
      actor: 'client:tester',
      kind: 'webhook-created',
      workspaceId: 'company1',
      webhookId: 'w-1',
      summary: 'Webhook "Billing" was created.',
      traceId: 'trace',
    }));

  it('belongs to no workspace when it is about the installation', () =>
    expect(entryOf({ type: 'TriggerAdded', data: { type: 'invoice-paid' } }, 'trigger-invoice-paid')).toMatchObject({
      workspaceId: null,
      webhookId: null,
    }));

  it('is none for what the catalog begins with', () => {
    const [added] = record(
      [{ type: 'TriggerAdded', data: { type: 'booking-create' } }],
      () => 'trigger-booking-create',
    );
    const { metadata } = added as Recorded<AuditedEvent>;
    const bySystem = { ...(added as Recorded<AuditedEvent>), metadata: { ...metadata, actor: 'system' } };
    expect(projecting(activity, [bySystem]).documents).toEqual({});
  });

  it('is one for each event, and none for the events of deliveries', () => {
    const history = record([created, { type: 'WebhookRemoved', data: webhook }], () => 'webhook-w-1');
    const other = record([{ type: 'AttemptFailed', data: webhook }], () => 'delivery-d-1');
    expect(Object.keys(projecting(activity, [...history, ...other]).documents)).toEqual(['event-0', 'event-1']);
  });

  it.each([
    ['each step of a bulk redelivery', 'RedeliveryProgressed', 'redelivery-r-1'],
    ['a mail before it is known what becomes of it', 'NoticeDue', 'notice-n-1'],
    ['the number a workspace gets', 'LocationOpened', 'workspace-company1'],
    ['the number a webhook gets', 'WebhookNumbered', 'webhook-w-1'],
    ['what somebody has read', 'NoticeDismissed', 'user-u-1'],
    ['the use of a client', 'ApiClientUsed', 'apiClient-c-1'],
    ['a link to set a password', 'PasswordLinkIssued', 'user-u-1'],
  ])('is not written for %s', (_what, type, stream) => {
    const untold = record([{ type, data: webhook }], () => stream);
    expect(projecting(activity, untold).documents).toEqual({});
  });

  it('is searched by what it says, in lower case', () =>
    expect(entryOf(created)).toMatchObject({ searchText: 'webhook "billing" was created.' }));

  it.each([
    ['UserInvited', 'user-u-1', { userId: 'u-1', email: 'ada@customer.example', name: 'Ada', role: 'viewer' }],
    ['UserSignedIn', 'user-u-1', { userId: 'u-1', at: 5 }],
    ['ConsoleLinkIssued', 'consoleLink-l-1', { linkId: 'l-1', label: 'Support', role: 'viewer', embedIn: null }],
  ])('tells those who use the console, too: %s', (type, stream, data) => {
    const entry = entryOf({ type, data: { ...data, workspaceId: 'company1' } }, stream);
    expect(entry).toMatchObject({ workspaceId: 'company1', webhookId: null, details: data });
  });

  it.each([
    ['PasswordSet', 'user-u-1', { passwordHash: 'scrypt$1$2', by: 'link', sessionEpoch: 2 }],
    ['ConsoleLinkIssued', 'consoleLink-l-1', { tokenHash: 'scrypt', label: 'Support' }],
    ['ConsoleLinkOpened', 'consoleLink-l-1', { sessionId: 's-1', sessionTokenHash: 'scrypt', label: 'Support' }],
  ])('has nothing of %s that lets anybody in', (type, stream, data) => {
    expect(JSON.stringify(entryOf({ type, data: { ...data, workspaceId: 'company1' } }, stream))).not.toContain(
      'scrypt',
    );
  });

  it('keeps why a webhook was disabled', () => {
    const details = { ...webhook, by: 'exhausted', epoch: 1, deliveryId: 'd-1', lastError: '503' };
    expect(entryOf({ type: 'WebhookDisabled', data: details })).toMatchObject({
      summary: 'Webhook w-1 was disabled after its last attempt failed: 503',
      details,
    });
  });
});

describe('an entry about webhook versions', () => {
  it('belongs to the installation where it is about a version as such', () =>
    expect(
      entryOf({ type: 'VersionExpired', data: { version: '2026-01-01' } }, 'webhookVersion-releases'),
    ).toMatchObject({
      workspaceId: null,
      webhookId: null,
    }));

  it.each([
    ['NoticeSent', 'notice-n-1'],
    ['NotificationDue', 'notification-p-1'],
  ])('belongs to a workspace where it is a %s', (type, stream) =>
    expect(entryOf({ type, data: { workspaceId: 'company1' } }, stream)).toMatchObject({ workspaceId: 'company1' }),
  );
});

describe('the details of an entry', () => {
  it('have the names of headers, and neither secrets nor anything sealed', () => {
    const entry = entryOf(created);
    expect(entry?.details).toMatchObject({
      name: 'Billing',
      headers: ['Authorization'],
      triggers: ['workspace-created'],
    });
    expect(entry?.details).not.toHaveProperty('secret');
    expect(JSON.stringify(entry)).not.toMatch(/[0-9a-f]{8}\.[\w-]{38}/);
  });

  it.each([
    ['a hash', { secretHash: 'scrypt$1$2' }],
    ['a password', { user: { passwordHash: 'scrypt$1$2' } }],
    ['a private key', { privateJwk: { d: 'scrypt$1$2' } }],
    ['a list of secrets', { clients: [{ clientSecret: 'scrypt$1$2' }] }],
    ['something sealed under a harmless name', { note: key.seal('scrypt$1$2', 'x'), list: [key.seal('a', 'x')] }],
  ])('leave out %s, also of an event nobody here knows', (_what, data) => {
    const details = JSON.stringify(entryOf({ type: 'SomethingNew', data: { ...data, scopes: ['a:b'] } })?.details);
    expect(details).not.toContain('scrypt');
    expect(details).not.toMatch(/[0-9a-f]{8}\.[\w-]{38}/);
    expect(details).toContain('a:b');
  });

  it('of a workspace that is registered as a location have its number alone', () => {
    const location = { businessId: 7, secret: key.seal('supersecuresecret', 'here') };
    const data = { workspaceId: 'a', parentWorkspaceId: null, location };
    expect(entryOf({ type: 'WorkspaceRegistered', data }, 'workspace-a')?.details).toEqual({
      ...data,
      location: { businessId: 7 },
    });
  });

  it('have neither secrets nor header values of a draft, nor of a test of one', () => {
    const sealedParts = { secret: key.seal('supersecuresecret', 'a'), headers: { 'X-Key': key.seal('abc', 'b') } };
    const draft = {
      ...webhook,
      target: '2026-11-01',
      changes: { url: 'https://customer.example/new', ...sealedParts },
    };
    expect(entryOf({ type: 'DraftChanged', data: draft })?.details).toEqual({
      ...webhook,
      target: '2026-11-01',
      changes: { url: 'https://customer.example/new', headers: ['X-Key'] },
    });
    const test = { ...webhook, testId: 't-1', version: '2026-11-01', target: { url: 'https://new', ...sealedParts } };
    expect(entryOf({ type: 'TestRequested', data: test })?.details).toEqual({
      ...webhook,
      testId: 't-1',
      version: '2026-11-01',
      target: { url: 'https://new', headers: ['X-Key'] },
    });
  });

  it.each(['WebhookSecretRotated', 'WorkspaceSecretRotated'])(
    'of %s have neither the new secret nor the one before, but its end',
    (type) => {
      const data = { ...webhook, previousUntil: 5 };
      for (const [secret, previous] of [
        ['new', 'old'],
        [key.seal('new', 'here'), key.seal('old', 'here')],
      ])
        expect(entryOf({ type, data: { ...data, secret, previous } })?.details).toEqual(data);
    },
  );

  it('of a release name the triggers it changes', () => {
    const triggers = { 'invoice-paid': { schema: {}, example: { token: 'x' }, downgrade: '$' }, 'order-paid': {} };
    const data = { version: '2026-11-01', notes: 'New names', triggers, supersedes: null };
    expect(entryOf({ type: 'VersionReleased', data })?.details).toEqual({
      ...data,
      triggers: ['invoice-paid', 'order-paid'],
    });
  });

  it('of a mail do not say where it is kept', () => {
    const sent = {
      noticeId: 'n-1',
      workspaceId: 'company1',
      address: 'ada@customer.example',
      place: '/srv/mails/n.eml',
    };
    expect(entryOf({ type: 'NoticeSent', data: sent })?.details).not.toHaveProperty('place');
  });

  it('have the whole definition of a trigger, whatever its properties are called', () => {
    const data = { type: 'token-made', schema: { properties: { token: { type: 'string' } } } };
    expect(entryOf({ type: 'TriggerChanged', data })?.details).toEqual(data);
  });
});
