import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { WebhookVersionEvent } from '../../version-lifecycle/contract.ts';
import { FIRST_VERSION } from '../../webhook-configuration/contract.ts';
import { orderAfter, versionOwed, type VersionOrder } from './version-order.ts';

const released = (version: string): WebhookVersionEvent => ({
  type: 'VersionReleased',
  data: { version, notes: '', triggers: {}, supersedes: null },
});
const withdrawn = (version: string, restores: string): WebhookVersionEvent => ({
  type: 'VersionWithdrawn',
  data: { version, restores },
});
const after = (...events: WebhookVersionEvent[]) =>
  events.reduce<VersionOrder | undefined>((order, event) => orderAfter(order, event) ?? order, undefined);

/** Names say nothing of the order. */
const names = [FIRST_VERSION, 'zeta', 'constructor', 'mid'];
const [, SECOND, THIRD, FOURTH] = names as [string, string, string, string];
const order = after(...names.map(released));
const name = fc.constantFrom(...names);

describe('the version that is owed', () => {
  it('is the older of two, by the order in which they were released', () => {
    fc.assert(
      fc.property(name, name, (webhook, event) => {
        const older = names[Math.min(names.indexOf(webhook), names.indexOf(event))];
        expect(versionOwed(webhook, event, order)).toBe(older);
      }),
    );
  });

  it('is that of the event if that of the webhook is not known', () => {
    fc.assert(fc.property(name, (event) => expect(versionOwed('unheard of', event, order)).toBe(event)));
  });

  it('is the first, before and after that is released, for what is on it', () => {
    expect(versionOwed(FIRST_VERSION, FIRST_VERSION, undefined)).toBe(FIRST_VERSION);
    expect(versionOwed(FIRST_VERSION, SECOND, after(released(SECOND)))).toBe(FIRST_VERSION);
    expect(after(released(FIRST_VERSION), released(FIRST_VERSION))?.released).toEqual([FIRST_VERSION]);
  });
});

describe('a version that was withdrawn', () => {
  it('counts for webhooks as the one before it', () => {
    const without = after(...names.slice(0, 3).map(released), withdrawn(THIRD, SECOND), released(FOURTH));
    expect(versionOwed(THIRD, FOURTH, without)).toBe(SECOND);
    expect(versionOwed(THIRD, THIRD, without)).toBe(SECOND);
    expect(versionOwed(THIRD, FIRST_VERSION, without)).toBe(FIRST_VERSION);
  });

  it('counts as the one before those that were withdrawn after it', () => {
    const without = after(
      ...names.slice(0, 3).map(released),
      withdrawn(THIRD, SECOND),
      withdrawn(SECOND, FIRST_VERSION),
    );
    expect(versionOwed(THIRD, THIRD, without)).toBe(FIRST_VERSION);
  });

  it('is what its events are in, for webhooks that are newer', () => {
    const without = after(...names.slice(0, 3).map(released), withdrawn(THIRD, SECOND), released(FOURTH));
    expect(versionOwed(FOURTH, THIRD, without)).toBe(THIRD);
    expect(versionOwed(SECOND, THIRD, without)).toBe(SECOND);
  });
});

describe('what else happens to a version', () => {
  it('changes nothing of the order', () => {
    expect(orderAfter(order, { type: 'VersionExpired', data: { version: SECOND, expiresAt: 0 } })).toBeUndefined();
  });
});
