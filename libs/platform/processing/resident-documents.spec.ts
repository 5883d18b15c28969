import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Projection } from '../kernel/index.ts';
import type { Collection } from '../read-model/index.ts';
import { ProjectionRunner } from './projection-runner.ts';
import { ResidentDocuments } from './resident-documents.ts';
import { altered } from './testing/collections.ts';
import { counted, counters, placed, tree, type Node } from './testing/counters.ts';
import { logger, Stores } from './testing/stores.ts';

let stores: Stores;
beforeEach(async () => void (stores = await Stores.open()));
afterEach(() => stores.dispose());

async function run<D extends object>(projection: Projection<D, never>): Promise<ProjectionRunner<D, never>> {
  const documents = await stores.readModel.live(projection);
  const runner = new ProjectionRunner(projection, documents, stores.events, stores.readModel, logger);
  stores.running(runner);
  await runner.start();
  await runner.caughtUp();
  return runner;
}

async function reside<D extends object>(
  projection: Projection<D, never>,
  stored?: Collection<D> & { readonly stale: boolean },
) {
  const documents = stored ?? (await stores.readModel.live(projection));
  const resident = stores.running(new ResidentDocuments(projection as Projection<D>, documents, stores.events, logger));
  await resident.start();
  return resident;
}

describe('resident documents', () => {
  it('start from the stored ones, and follow the store by themselves', async () => {
    await stores.append('counter-a', counted('a'), counted('b'), counted('a'));
    const { projection, folds } = counters();
    const runner = await run(projection);
    await runner.stop();
    folds.length = 0;
    await stores.append('counter-a', counted('b'));
    const resident = await reside(projection);
    expect(resident.all().map(({ counter, count }) => [counter, count])).toEqual([
      ['a', 2],
      ['b', 2],
    ]);
    await stores.append('counter-a', counted('c'));
    await resident.caughtUp();
    expect(resident.get('c')).toMatchObject({ count: 1 });
    expect(resident.get('d')).toBeUndefined();
    expect(folds).toEqual([4, 5]);
  });

  it('need no stored ones to be complete', async () => {
    await stores.append('counter-a', counted(), counted());
    expect((await reside(counters().projection)).get('a')).toMatchObject({ count: 2 });
  });

  it('are found by a field as it is now', async () => {
    await stores.append('counter-a', counted('a'), counted('b'), counted('b'));
    const resident = await reside(counters().projection);
    const even = () => resident.where('even', true).map(({ counter }) => counter);
    expect(even()).toEqual(['b']);
    await stores.append('counter-a', counted('a'), counted('b'));
    await resident.caughtUp();
    expect(even()).toEqual(['a']);
    expect(resident.where('count', 3)).toMatchObject([{ counter: 'b' }]);
    expect(resident.where('count', 1)).toEqual([]);
    expect(() => resident.where('counter', 'a')).toThrow(/declares no field/);
  });

  it('tell of what a batch changed, once it has', async () => {
    const resident = await reside(counters().projection);
    const told: (readonly [string, number, number | undefined])[] = [];
    resident.onChange((changed) =>
      changed.forEach(({ id, document }) => told.push([id, document.count, resident.get(id)?.count])),
    );
    await stores.append('counter-a', counted('a'));
    await stores.append('other-1', counted('a'));
    await resident.caughtUp();
    expect(told).toEqual([['a', 1, 1]]);
  });

  it('are found in the same order whether they were loaded or folded', async () => {
    await stores.append('node-1', placed('c', 'root'), placed('a', 'root'), placed('b', 'elsewhere'));
    const inOrder = (resident: ResidentDocuments<Node>) => resident.where('under', 'root').map(({ node }) => node);
    const folded = await reside(tree);
    expect(inOrder(folded)).toEqual(['a', 'c']);
    await run(tree);
    const loaded = await reside(tree);
    expect(inOrder(loaded)).toEqual(['a', 'c']);
    await stores.append('node-1', placed('b', 'root'));
    await Promise.all([folded.caughtUp(), loaded.caughtUp()]);
    expect(inOrder(loaded)).toEqual(['a', 'b', 'c']);
    expect(inOrder(folded)).toEqual(['a', 'b', 'c']);
  });

  it('are those of one checkpoint, though the stored ones move on while they are loaded', async () => {
    await stores.append('node-1', placed('a', 'root'), placed('b', 'root'), placed('a', 'b'));
    const stored = await stores.readModel.live(tree);
    const runner = await run(tree);
    let asked = 0;
    const moving = altered(stored, {
      checkpoint: async () => {
        const checkpoint = await stored.checkpoint();
        if (asked++ === 0) {
          // The first is ignored, since b is above a; with what the second makes of the tree it would not be.
          await stores.append('node-1', placed('b', 'a'), placed('a', 'root'));
          await runner.caughtUp();
        }
        return checkpoint;
      },
    });
    const resident = await reside(tree, moving);
    expect(resident.get('b')).toEqual({ node: 'b', under: 'root' });
    expect(resident.get('b')).toEqual((await stored.get('b'))?.document);
  });
});
