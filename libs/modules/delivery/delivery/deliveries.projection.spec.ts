import { describe, expect, it } from '@jest/globals';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import { FIRST_VERSION, type WebhookCreated, type WebhookEvent } from '../../webhook-configuration/contract.ts';
import type { PlatformEvent } from '../platform-event/platform-event.events.ts';
import { deliveries } from './deliveries.projection.ts';
import { deliveryIdOf } from './delivery-id.ts';
import type { DeliveryEvent, RedeliveryRequested } from './delivery.events.ts';
import { failed, of, renderingFailed, roundRequested } from './testing/delivery-fixtures.ts';

type Source = PlatformEvent | WebhookEvent | DeliveryEvent;
const START_AT = 1_700_000_000_000;
const idOf = (webhookId: string) => deliveryIdOf({ eventId: 'evt', eventPosition: 7 }, webhookId);
const id = idOf('hook');
const mine = { deliveryId: id };
const fannedOut: PlatformEvent = {
  type: 'EventFannedOut',
  data: {
    eventId: 'evt',
    type: 'created',
    eventWorkspaceId: 'child',
    eventPosition: 7,
    part: 0,
    deliveries: [
      { webhookId: 'hook', workspaceId: 'workspace', epoch: 2 },
      { webhookId: 'other', workspaceId: 'workspace', epoch: 0 },
    ],
    skipped: [{ webhookId: 'full', workspaceId: 'workspace', epoch: 0 }],
  },
};
const exhausted: DeliveryEvent = {
  type: 'DeliveryExhausted',
  data: { ...of, ...mine, kind: 'event', round: 1, epoch: 2, redelivery: false, attempts: 1, lastError: 'no' },
};
const settings = { name: '', description: '', applyToAllDescendants: true, url: '', secret: 's', headers: {} };
const created = (version?: string): WebhookCreated => ({
  type: 'WebhookCreated',
  data: {
    ...{ webhookId: 'hook', workspaceId: 'workspace', ...settings, triggers: [], version },
    ...{ status: 'enabled', epoch: 0, testId: 'test-2' },
  },
});
const streamOf = (event: Source) =>
  'deliveryId' in event.data && event.type !== 'WebhookDisabled'
    ? 'delivery-1'
    : event.type.startsWith('Event')
      ? 'platformEvent-evt'
      : 'webhook-hook';
const after = (...history: Source[]) => projecting(deliveries, record(history, streamOf));

describe('a recorded fan-out', () => {
  it('makes one delivery a webhook, due at once in the epoch that was recorded', () => {
    after(fannedOut).then({
      [id]: {
        deliveryId: id,
        eventId: 'evt',
        webhookId: 'hook',
        eventWorkspaceId: 'child',
        eventPosition: 7,
        lane: 'event:hook:2',
        dueAt: START_AT,
        outcome: 'unfinished',
        revision: -1,
        traceId: 'trace',
      },
      [idOf('other')]: { lane: 'event:other:0' },
    });
  });
});

describe('the version of a delivery', () => {
  const inVersion = (version?: string): PlatformEvent => ({
    ...fannedOut,
    data: { ...fannedOut.data, deliveries: [{ webhookId: 'hook', workspaceId: 'workspace', epoch: 2, version }] },
  });
  const test = (version?: string): WebhookEvent => ({
    type: 'TestRequested',
    data: { webhookId: 'hook', workspaceId: 'workspace', testId: 'test-1', version },
  });

  it('is the recorded one, and the first in records that are older than versions', () => {
    after(inVersion('2026-02-01')).then({ [id]: { version: '2026-02-01' } });
    after(inVersion()).then({ [id]: { version: FIRST_VERSION } });
  });

  it('of a test is that of the request, and the first in older requests', () => {
    after(test('2026-02-01')).then({ 'test-1': { version: '2026-02-01' } });
    after(test()).then({ 'test-1': { version: FIRST_VERSION } });
    after(created('2026-02-01')).then({ 'test-2': { version: '2026-02-01' } });
    after(created()).then({ 'test-2': { version: FIRST_VERSION } });
  });
});

describe('a delivery that cannot be rendered', () => {
  const unrendered = renderingFailed({ ...mine, epoch: 2, at: 7 });
  const why = { releasedIn: '2026-02-01', fault: 'error', error: 'The result is no object.', at: 7 };

  it('is over, says why, and has no attempt', () => {
    after(fannedOut, unrendered).then({
      [id]: { outcome: 'unrendered', dueAt: null, attempts: [], failure: why, state: { attempts: 0 } },
    });
    after(fannedOut, unrendered, failed(1, null, { ...mine, epoch: 2 })).then({ [id]: { failure: why } });
  });

  it('is due in a new round when somebody asks for it', () => {
    const { type, data } = roundRequested(2, 2) as RedeliveryRequested;
    const { documents } = after(fannedOut, unrendered, { type, data: { ...data, ...mine } });
    expect(documents[id]).toMatchObject({ outcome: 'unfinished', dueAt: data.dueAt, lane: 'redelivery:hook:2' });
    expect(documents[id]).not.toHaveProperty('failure');
  });
});

describe('a delivery that was skipped', () => {
  const its = { deliveryId: idOf('full'), webhookId: 'full' };
  const requested: DeliveryEvent = {
    type: 'RedeliveryRequested',
    data: { ...of, ...its, round: 2, epoch: 0, dueAt: 5, cause: 'redelivery' },
  };

  it('is there, and not due', () =>
    after(fannedOut).then({ [idOf('full')]: { outcome: 'skipped', dueAt: null, attempts: [] } }));

  it('is due once somebody asks for it', () =>
    after(fannedOut, requested).then({
      [idOf('full')]: { outcome: 'unfinished', dueAt: 5, lane: 'redelivery:full:0' },
    }));
});

describe('a round that was asked for', () => {
  const again = (cause: 'redelivery' | 'release'): DeliveryEvent => {
    const { type, data } = roundRequested(2, 4, cause);
    return { type, data: { ...data, ...mine } } as DeliveryEvent;
  };

  it.each(['redelivery', 'release'] as const)('by a %s waits beside the lane of what is owed anyway', (cause) => {
    after(fannedOut, again(cause)).then({ [id]: { lane: 'redelivery:hook:4', epoch: 4, outcome: 'unfinished' } });
    after(fannedOut, again(cause), failed(1, 60_000, { ...mine, round: 2, epoch: 4 })).then({
      [id]: { lane: 'redelivery:hook:4', dueAt: 60_000 },
    });
  });

  it('gives way to one that its webhook begins for all it held', () => {
    after(fannedOut, again('release'), failed(1, 60_000, { ...mine, round: 3, epoch: 6 })).then({
      [id]: { lane: 'retry:hook:6', epoch: 6 },
    });
  });
});

describe('a failed attempt', () => {
  it('is kept, and sets when the next is due', () => {
    after(fannedOut, failed(1, 60_000, { ...mine, epoch: 2 })).then({
      [id]: {
        dueAt: 60_000,
        lane: 'retry:hook:2',
        revision: 0,
        state: { attempts: 1, roundAttempts: 1 },
        attempts: [{ attempt: 1, statusCode: 500, error: 'The receiver answered 500.' }],
      },
    });
  });

  it('that ended the last round leaves nothing due', () => {
    after(fannedOut, failed(1, null, { ...mine, epoch: 2 }), exhausted).then({
      [id]: { dueAt: null, outcome: 'exhausted', attempts: [{ attempt: 1 }] },
    });
  });

  it('of a round begun by its webhook moves the delivery to the epoch of that', () => {
    after(fannedOut, failed(1, 60_000, { ...mine, round: 2, epoch: 4 })).then({
      [id]: { lane: 'retry:hook:4', epoch: 4, state: { round: 2 } },
    });
  });

  it('of an earlier round leaves what the new round is waiting for', () => {
    const redelivery: DeliveryEvent = {
      type: 'RedeliveryRequested',
      data: { ...of, ...mine, round: 2, epoch: 2, dueAt: 5, cause: 'redelivery' },
    };
    after(fannedOut, redelivery, failed(1, null, { ...mine, epoch: 2 })).then({
      [id]: { dueAt: 5, outcome: 'unfinished', attempts: [{ attempt: 1 }] },
    });
  });
});

describe('a webhook that is made', () => {
  it('without a test is owed nothing, nor for its number', () => {
    const { type, data } = created();
    const { testId: _, ...untested } = data;
    const numbered: WebhookEvent = {
      type: 'WebhookNumbered',
      data: { webhookId: 'hook', workspaceId: 'workspace', businessId: 1, number: 2 },
    };
    expect(after({ type, data: { ...untested, dialect: 'location', secret: null } }, numbered).documents).toEqual({});
  });
});

describe('a request for a test', () => {
  it('makes a delivery in a lane of its own, whose hook id is its own', () => {
    const requested: WebhookEvent = {
      type: 'TestRequested',
      data: { webhookId: 'hook', workspaceId: 'workspace', testId: 'test-1' },
    };
    after(requested).then({
      'test-1': { kind: 'test', type: 'test', eventId: 'test-1', lane: 'test:hook', dueAt: START_AT },
    });
  });

  it('of a draft goes where the draft says', () => {
    const target = { url: 'https://draft.example', secret: 'sealed', headers: { 'X-Key': 'sealed too' } };
    after({
      type: 'TestRequested',
      data: { webhookId: 'hook', workspaceId: 'workspace', testId: 'test-1', target },
    }).then({
      'test-1': { target },
    });
  });

  it('is the same when its attempt does not say that it was of a test, as older ones', () => {
    const attempted = (kind?: 'test') => after(created(), failed(1, null, { deliveryId: 'test-2', kind })).documents;
    expect(attempted('test')).toEqual(attempted());
    expect(attempted('test')['test-2']).toMatchObject({ kind: 'test', dueAt: null, attempts: [{ attempt: 1 }] });
  });
});
