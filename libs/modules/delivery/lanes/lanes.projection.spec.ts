import { describe, expect, it } from '@jest/globals';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import {
  defaultDelivery,
  type DeliverySettings,
  type WebhookCreated,
  type WebhookEvent,
} from '../../webhook-configuration/contract.ts';
import { statusOf, type DeliveryStatus } from '../delivery/delivery-status.ts';
import { lanes } from './lanes.projection.ts';

const hook = { webhookId: 'hook', workspaceId: 'workspace' };
const settings = {
  name: '',
  description: '',
  applyToAllDescendants: false,
  url: 'https://a.example',
  secret: 's',
  headers: {},
  triggers: [],
};
const created: WebhookCreated = {
  type: 'WebhookCreated',
  data: { ...hook, ...settings, status: 'enabled', epoch: 0, testId: 't' },
};
const changedTo = (delivery?: DeliverySettings): WebhookEvent => ({
  type: 'WebhookChanged',
  data: { ...hook, ...settings, delivery },
});
const off = (epoch: number): WebhookEvent => ({ type: 'WebhookDisabled', data: { ...hook, by: 'exhausted', epoch } });
const on = (epoch: number, held?: 'release'): WebhookEvent => ({
  type: 'WebhookEnabled',
  data: { ...hook, epoch, held },
});
const heldCancelled = (upTo: number, epoch: number): WebhookEvent => ({
  type: 'HeldCancelled',
  data: { ...hook, upTo, epoch },
});
const ordered = changedTo({ ...defaultDelivery, strictOrder: true });
const unordered = changedTo(defaultDelivery);

const folded = (...events: WebhookEvent[]) =>
  projecting(
    lanes,
    record(events, () => 'webhook-hook'),
  );
const after = (...events: WebhookEvent[]) => folded(created, ...events);

/** The statuses of unfinished deliveries whose rounds began in the epochs 0, 1, 2 and so on, after these events. */
const statuses = (...events: WebhookEvent[]): DeliveryStatus[] => {
  const lane = after(...events).documents['hook'];
  if (!lane) throw new Error('no lane');
  return Array.from({ length: lane.epoch + 1 }, (_, epoch) =>
    statusOf({ kind: 'event', outcome: 'unfinished', epoch, gone: false }, lane),
  );
};

describe('a lane', () => {
  it('moves from the creation of an enabled webhook on', () => {
    after().then({
      hook: { enabled: true, removed: false, epoch: 0, url: 'https://a.example', pendingFrom: 0, cancelledUpTo: -1 },
    });
  });

  it('sends to where its webhook says now, and at the pace it says now', () => {
    const delivery = { ...defaultDelivery, concurrency: 2 };
    const data = { ...hook, ...settings, url: 'https://b.example', secret: 'new', delivery };
    after({ type: 'WebhookChanged', data }).then({
      hook: { url: 'https://b.example', secret: 'new', delivery, enabled: true },
    });
  });

  it('is of the dialect its webhook was made in, for good', () => {
    const { data } = created;
    const inLocation: WebhookEvent = { type: 'WebhookCreated', data: { ...data, dialect: 'location', secret: null } };
    const changed: WebhookEvent = { type: 'WebhookChanged', data: { ...hook, ...settings, secret: null } };
    after(changedTo()).then({ hook: { dialect: 'workspace', secret: 's' } });
    folded(inLocation, changed).then({ hook: { dialect: 'location', secret: null } });
  });

  it('signs with both secrets of a rotation, and with one again after another, or after a secret that replaced it', () => {
    const rotated = (secret: string, previous?: string): WebhookEvent => ({
      type: 'WebhookSecretRotated',
      data: { ...hook, secret, ...(previous === undefined ? {} : { previous, previousUntil: 5 }) },
    });
    const both = { secret: 'r', previousSecret: { secret: 's', until: 5 } };
    const rotatedLane = rotated('r', 's');
    const kept: WebhookEvent = { type: 'WebhookChanged', data: { ...hook, ...settings, secret: 'r' } };
    after().then({ hook: { secret: 's', previousSecret: null } });
    after(rotatedLane).then({ hook: both });
    after(rotatedLane, kept).then({ hook: both });
    after(rotatedLane, rotated('t', 'r')).then({ hook: { secret: 't', previousSecret: { secret: 'r', until: 5 } } });
    after(rotatedLane, rotated('t')).then({ hook: { secret: 't', previousSecret: null } });
    after(rotatedLane, changedTo()).then({ hook: { secret: 's', previousSecret: null } });
  });

  it('is of no concern to the number its webhook gets', () => {
    const numbered: WebhookEvent = { type: 'WebhookNumbered', data: { ...hook, businessId: 1, number: 2 } };
    expect(after(numbered).documents).toEqual(after().documents);
  });

  it('has the default pace if its webhook is older than such settings', () => {
    after().then({ hook: { delivery: defaultDelivery } });
    after(ordered, changedTo()).then({ hook: { delivery: defaultDelivery } });
  });

  it('stands still while its webhook is off, and moves on in a new epoch', () => {
    after(off(1)).then({ hook: { enabled: false, epoch: 1 } });
    after(off(1), on(2)).then({ hook: { enabled: true, epoch: 2 } });
  });

  it('holds what it had not sent when it went off, until that is released one by one or cancelled', () => {
    expect(statuses(off(1))).toEqual(['held', 'held']);
    expect(statuses(off(1), on(2))).toEqual(['held', 'held', 'pending']);
    expect(statuses(off(1), on(2), heldCancelled(1, 2))).toEqual(['cancelled', 'cancelled', 'pending']);
  });

  it('holds what comes after a cancellation while it is off', () =>
    expect(statuses(off(1), heldCancelled(1, 3))).toEqual(['cancelled', 'cancelled', 'held', 'held']));

  it('cancels what it held in the call that enables it, and nothing newer', () =>
    expect(statuses(off(1), heldCancelled(1, 1), on(2))).toEqual(['cancelled', 'cancelled', 'pending']));

  it('goes on as it was when its webhook is changed', () => {
    expect(statuses(off(1), on(2), unordered)).toEqual(['held', 'held', 'pending']);
    expect(statuses(off(1), unordered)).toEqual(['held', 'held']);
  });

  it('is of no concern to a backlog that fills or clears', () => {
    const before = after().documents;
    const backlog: WebhookEvent[] = [
      { type: 'BacklogFilled', data: { ...hook, limit: 10 } },
      { type: 'BacklogCleared', data: hook },
    ];
    expect(after(...backlog).documents).toEqual(before);
  });

  it('ends with its webhook', () =>
    after({ type: 'WebhookRemoved', data: hook }).then({ hook: { enabled: false, removed: true } }));
});

describe('a strictly ordered lane', () => {
  it('has all it held to send again when it is enabled with a release', () => {
    expect(statuses(ordered, off(1), on(2, 'release'))).toEqual(['pending', 'pending', 'pending']);
    expect(statuses(ordered, off(1), on(2, 'release'), off(3))).toEqual(['held', 'held', 'held', 'held']);
  });

  it('keeps that through changes that leave it strictly ordered', () =>
    expect(statuses(ordered, off(1), on(2, 'release'), ordered)).toEqual(['pending', 'pending', 'pending']));

  it('never sends what was cancelled before', () =>
    expect(statuses(ordered, off(1), heldCancelled(1, 3), on(4, 'release'))).toEqual([
      'cancelled',
      'cancelled',
      'pending',
      'pending',
      'pending',
    ]));

  it('releases what it held before it was strictly ordered, too', () =>
    expect(statuses(off(1), on(2), ordered, off(3), on(4, 'release'))).toEqual(Array(5).fill('pending')));

  it('holds what it had yet to send of before, once it is strictly ordered no more', () => {
    expect(statuses(ordered, off(1), on(2, 'release'), unordered)).toEqual(['held', 'held', 'pending']);
    expect(statuses(ordered, off(1), on(2, 'release'), unordered, ordered)).toEqual(['held', 'held', 'pending']);
  });

  it('leaves held what was held before it was strictly ordered, while it stays on', () =>
    expect(statuses(off(1), on(2), ordered)).toEqual(['held', 'held', 'pending']));
});
