import { describe, expect, it } from '@jest/globals';
import { deliveryInWords, type DeliverySettings } from './delivery-words.ts';

const settings: DeliverySettings = {
  concurrency: 16,
  ratePerSecond: null,
  burst: 10,
  strictOrder: false,
  schedule: null,
  onExhausted: 'disable',
};
const words = (changes: Partial<DeliverySettings> = {}) =>
  deliveryInWords({ ...settings, ...changes }).map(({ text }) => text);

describe('delivery settings in words', () => {
  it('tell of the usual ones', () => {
    expect(words()).toEqual([
      'Any: up to 16 alerts under way at once.',
      'As fast as the receiver answers.',
      'As many, and as far apart, as this installation makes them.',
      'The webhook is disabled, and later events are held.',
    ]);
  });

  it('tell of strict order, which has neither concurrency nor bursts', () => {
    const [order, pace, , failed] = words({ strictOrder: true, ratePerSecond: 2, onExhausted: 'continue' });
    expect(order).toMatch(/^Strict: one alert at a time/);
    expect(pace).toBe('At most 2 alerts a second.');
    expect(failed).toBe('The webhook goes on with the next event, and this one is missing.');
  });

  it.each([
    [{ ratePerSecond: 5 }, 'At most 5 alerts a second; up to 10 at once after a quiet time.'],
    [{ ratePerSecond: 1, burst: 1 }, 'At most 1 alert a second.'],
    [{ ratePerSecond: 0.1, burst: 1 }, 'At most one alert each 10 s.'],
  ])('tell the pace of %j', (changes, text) => {
    expect(words(changes)[1]).toBe(text);
  });

  it.each([
    [[0], 'One, at once.'],
    [[0, 60], '2: at once, then 1 min after the one before.'],
    [[0, 60, 300, 1_800], '4: at once, then 1 min, 5 min and 30 min after the one before.'],
  ])('tell the attempts of %j', (schedule, text) => {
    expect(words({ schedule })[2]).toBe(text);
  });
});
