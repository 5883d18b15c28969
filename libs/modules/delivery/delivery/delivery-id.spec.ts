import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { derivedId } from '../../../platform/kernel/index.ts';
import { deliveryIdOf, ID_SCHEME as idScheme } from './delivery-id.ts';

const position = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe('the id of a delivery', () => {
  it('has the shape of a UUID of version 8', () => {
    fc.assert(
      fc.property(fc.string(), position, fc.string(), (eventId, eventPosition, webhookId) => {
        expect(deliveryIdOf({ eventId, eventPosition, idScheme }, webhookId)).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
      }),
    );
  });

  it('is the same whenever it is derived, and another for another webhook or event', () => {
    const event = { eventId: 'evt', eventPosition: 7, idScheme } as const;
    expect(deliveryIdOf(event, 'hook')).toBe(deliveryIdOf({ ...event }, 'hook'));
    const others = [deliveryIdOf(event, 'other'), deliveryIdOf({ ...event, eventId: 'other' }, 'hook')];
    expect(new Set([deliveryIdOf(event, 'hook'), ...others]).size).toBe(3);
  });

  it('sorts by the position of its event', () => {
    fc.assert(
      fc.property(position, position, fc.string(), fc.string(), (a, b, one, other) => {
        fc.pre(a < b);
        const idOf = (eventPosition: number, webhookId: string) =>
          deliveryIdOf({ eventId: 'evt', eventPosition, idScheme }, webhookId);
        expect(idOf(a, one) < idOf(b, other)).toBe(true);
      }),
    );
  });

  it('of an older record is that which its events were recorded under', () => {
    const old = { eventId: '12345', eventPosition: 7 };
    expect(deliveryIdOf(old, '66b204f0c992d50b8b2f984c')).toBe(
      derivedId('delivery', '12345', '66b204f0c992d50b8b2f984c'),
    );
    expect(deliveryIdOf({ ...old, eventPosition: 8 }, 'hook')).toBe(deliveryIdOf(old, 'hook'));
  });
});
