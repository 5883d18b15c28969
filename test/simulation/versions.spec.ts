import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DeliveryEvent } from '../../libs/modules/delivery/contract.ts';
import { check, kinds } from './check.ts';
import { success } from './steps.ts';
import { World } from './world.ts';

describe('whatever is released, moved and attempted, in any order', () => {
  it('a delivery is in the older of what its event fitted and its webhook was on then', () => {
    check((world) => {
      const documents = new Map(world.documents().map((document) => [document.deliveryId, document]));
      for (const document of documents.values()) expect(document.version).toBe(world.versions.owedIn(document));
      for (const { type, data } of world.of<DeliveryEvent>('delivery'))
        if (type === 'RenderingFailed') expect(data.version).toBe(documents.get(data.deliveryId)?.version);
    });
  });

  it('a delivery that cannot be rendered is left alone, unless someone asks', () => {
    check((world) => {
      for (const { deliveryId } of world.documents()) {
        let unrendered = false;
        for (const { type } of world.of<DeliveryEvent>('delivery').filter((e) => e.data.deliveryId === deliveryId)) {
          if (unrendered) expect(type).toBe('RedeliveryRequested');
          unrendered = type === 'RenderingFailed';
        }
      }
    });
  });

  it('no webhook is disabled for what cannot be rendered, and nothing waits for it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('publish', 'release', 'move'), { maxLength: 20 }), kinds, (acts, kind) => {
        const world = new World(kind);
        world.drain(success);
        for (const act of acts) world[act]();
        world.drain('unrendered');
        expect(world.lane()?.enabled).toBe(true);
        const owed = world.documents().filter(({ kind }) => kind === 'event');
        expect(owed.map(({ outcome }) => outcome)).toEqual(owed.map(() => 'unrendered'));
      }),
    );
  });
});
