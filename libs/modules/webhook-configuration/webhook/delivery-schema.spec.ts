import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { validate } from '../../../platform/http/index.ts';
import { Refusal } from '../../../platform/kernel/index.ts';
import { deliverySchema } from './delivery-schema.ts';
import { defaultDelivery } from './delivery-settings.ts';

const parse = (given: unknown) => validate(deliverySchema, given);
const fieldsRefused = (given: unknown): string[] => {
  try {
    parse(given);
    return [];
  } catch (error) {
    if (error instanceof Refusal) return [...new Set(error.errors.map(({ field }) => field))];
    throw error;
  }
};
const growing = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('delivery settings', () => {
  it('take the default of whatever is left out', () => {
    expect(parse({})).toEqual(defaultDelivery);
    expect(parse({ strictOrder: true })).toEqual({ ...defaultDelivery, strictOrder: true });
  });

  it('may ask for strict order and a concurrency, of which the order wins', () =>
    expect(parse({ strictOrder: true, concurrency: 9 })).toMatchObject({ strictOrder: true, concurrency: 9 }));

  it.each([
    ['concurrency', 1, 256],
    ['ratePerSecond', 0.1, 10_000],
    ['burst', 1, 10_000],
  ])('have a %s from %d to %d', (field, least, most) => {
    for (const value of [least, most]) expect(parse({ [field]: value })).toMatchObject({ [field]: value });
    for (const value of [least - 0.01, least - 1, most + 1, NaN, Infinity, `${least}`, true]) {
      expect([value, fieldsRefused({ [field]: value })]).toEqual([value, [field]]);
    }
  });

  it.each([
    ['concurrency', 1.5],
    ['burst', 1.5],
    ['concurrency', null],
    ['burst', null],
    ['strictOrder', 'yes'],
    ['strictOrder', null],
    ['onExhausted', 'stop'],
    ['onExhausted', null],
    ['priority', 1],
  ])('have no %s of %j', (field, value) => expect(fieldsRefused({ [field]: value })).toEqual([field]));

  it.each([['ratePerSecond'], ['schedule']])('may have null for %s', (field) =>
    expect(parse({ [field]: null })).toEqual(defaultDelivery),
  );
});

describe('a schedule of its own', () => {
  it.each([
    ['a single attempt', [0]],
    ['a second one at once', [0, 0, 1]],
    ['fractions of a second', [0, 0.5, 1.5]],
    ['a week', [0, 604_800]],
    ['twenty attempts', growing(20)],
  ])('may have %s', (_, schedule) => expect(parse({ schedule })).toMatchObject({ schedule }));

  it.each<[string, string, unknown]>([
    ['no attempt', 'schedule', []],
    ['twenty-one attempts', 'schedule', growing(21)],
    ['a wait before the first', 'schedule', [1, 2]],
    ['a wait that does not grow', 'schedule', [0, 60, 60]],
    ['a wait that shrinks', 'schedule', [0, 60, 30]],
    ['more than a week', 'schedule[1]', [0, 604_801]],
    ['a negative number', 'schedule[1]', [0, -1]],
    ['a number as text', 'schedule[1]', [0, '60']],
    ['numbers in a text', 'schedule', '0,60'],
  ])('has not %s', (_, field, schedule) => expect(fieldsRefused({ schedule })).toContain(field));
});

describe('any delivery settings', () => {
  const anySettings = fc.record(
    {
      concurrency: fc.integer({ min: 1, max: 256 }),
      ratePerSecond: fc.option(fc.double({ min: 0.1, max: 10_000, noNaN: true })),
      burst: fc.integer({ min: 1, max: 10_000 }),
      strictOrder: fc.boolean(),
      schedule: fc.option(
        fc
          .uniqueArray(fc.integer({ min: 1, max: 604_800 }), { maxLength: 19 })
          .map((waits) => [0, ...waits.sort((a, b) => a - b)]),
      ),
      onExhausted: fc.constantFrom('disable', 'continue'),
    },
    { requiredKeys: [] },
  );

  it('are answered as they were given, and mean the same when that is sent back', () =>
    fc.assert(
      fc.property(anySettings, (given) => {
        const answered = parse(given);
        expect(answered).toEqual({ ...defaultDelivery, ...given });
        expect(JSON.stringify(parse(JSON.parse(JSON.stringify(answered))))).toBe(JSON.stringify(answered));
      }),
    ));
});
