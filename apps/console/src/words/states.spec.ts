import { describe, expect, it } from '@jest/globals';
import { deliveryState, webhookState } from './states.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const delivery = { kind: 'event', nextAttemptAt: null, attempts: [{}] } as const;

describe('the state of a delivery', () => {
  it.each([
    ['succeeded', 'Delivered'],
    ['exhausted', 'Failed'],
    ['held', 'Held'],
    ['skipped', 'Skipped'],
    ['cancelled', 'Cancelled'],
    ['unrendered', 'Not rendered'],
  ] as const)('%s is "%s"', (status, word) => expect(deliveryState({ ...delivery, status }, NOW).word).toBe(word));

  it('is waiting before its first attempt', () =>
    expect(deliveryState({ ...delivery, status: 'pending', attempts: [] }, NOW).word).toBe('Waiting'));

  it('counts down to the next attempt after one that failed', () => {
    const nextAttemptAt = new Date(NOW + 221_000).toISOString();
    expect(deliveryState({ ...delivery, status: 'pending', nextAttemptAt }, NOW).word).toBe('Trying again in 3:41');
    expect(deliveryState({ ...delivery, status: 'pending', nextAttemptAt }, NOW + 300_000).word).toBe(
      'Trying again now',
    );
  });
});

describe('the state of a webhook', () => {
  it.each([
    ['enabled', null, 'Enabled'],
    ['disabled', 'admin', 'Disabled'],
    ['disabled', 'exhausted', 'Disabled by failures'],
    ['disabled', 'gone', 'Disabled by the receiver'],
    ['disabled', 'expired', 'Expired'],
  ] as const)('%s by %s is "%s"', (status, disabledBy, word) =>
    expect(webhookState({ status, disabledBy }).word).toBe(word),
  );
});
