import fc from 'fast-check';
import type { Ending } from './ending.ts';
import { failure, steps, type Step } from './steps.ts';
import { World, type Kind } from './world.ts';

export const RUNS = 1_500;

export const run = (world: World, list: readonly Step[]) => list.forEach(({ run: act }) => act(world));

export const kinds = fc.record<Kind>({
  strictOrder: fc.boolean(),
  dialect: fc.constantFrom('workspace', 'location'),
});

/** After any steps, and once all has happened that happens by itself then. */
export const check = (property: (world: World) => void, of = steps, after: Ending = failure) =>
  fc.assert(
    fc.property(of, kinds, (list, kind) => {
      const world = new World(kind);
      run(world, list);
      property(world);
      world.drain(after);
      property(world);
    }),
    { numRuns: RUNS },
  );
