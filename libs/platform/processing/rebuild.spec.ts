import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START } from '../kernel/index.ts';
import type { Collection, ReadModel } from '../read-model/index.ts';
import { ProjectionRunner } from './projection-runner.ts';
import { altered, rebuilding } from './testing/collections.ts';
import { counted, counters, placed, tree, type Counter } from './testing/counters.ts';
import { gate, logger, Stores } from './testing/stores.ts';

let stores: Stores;
beforeEach(async () => void (stores = await Stores.open()));
afterEach(() => stores.dispose());

type Documents = ProjectionRunner<Counter, never>['documents'];

async function runnerOf(
  changes: Parameters<typeof counters>[0] = {},
  { documents, readModel = stores.readModel }: { documents?: Documents; readModel?: ReadModel } = {},
): Promise<ProjectionRunner<Counter, never>> {
  const { projection } = counters(changes);
  const live = documents ?? (await stores.readModel.live(projection));
  return stores.running(new ProjectionRunner(projection, live, stores.events, readModel, logger));
}

const countOf = async (runner: ProjectionRunner<Counter, never>, id = 'a') =>
  (await runner.documents.get(id))?.document.count;

async function appendMany(count: number, counter = 'a'): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => stores.append(`counter-${counter}`, counted(counter))));
}

describe('a rebuild', () => {
  it('ends with what a fresh fold gives, though events keep arriving, and the live documents go on meanwhile', async () => {
    await appendMany(3_000);
    const served: (number | undefined)[] = [];
    const checkpoints: number[] = [];
    let commits = 0;
    const slow = async () => {
      // The first waits until the live documents have gone on.
      const goesOn = ++commits === 1 ? () => (served.at(-1) ?? 0) > 3_000 : () => true;
      for (const enough = served.length + 3; served.length < enough || !goesOn();) await turn();
    };
    const runner = await runnerOf({}, { readModel: rebuilding(stores.readModel, slow) });
    await runner.start();
    await runner.caughtUp();
    let done = false;
    const rebuilt = runner.rebuild().finally(() => (done = true));
    while (!done) {
      await stores.append('counter-a', counted());
      served.push(await countOf(runner));
      checkpoints.push(runner.position);
      await turn();
    }
    await rebuilt;
    await runner.caughtUp();
    expect(commits).toBeGreaterThanOrEqual(2);
    expect(served[0]).toBeGreaterThanOrEqual(3_000);
    expect(served).toEqual([...served].sort((a, b) => (a ?? 0) - (b ?? 0)));
    expect(checkpoints).toEqual([...checkpoints].sort((a, b) => a - b));
    expect(await countOf(runner)).toBe(3_000 + served.length);
  });

  it('has a checkpoint as late as that of the live documents, though nothing has changed them since', async () => {
    await appendMany(3);
    const running: ProjectionRunner<Counter, never>[] = [];
    let commits = 0;
    const moveOn = async () => {
      if (++commits > 1) return;
      await stores.append('other-1', counted());
      for (const each of running) await each.caughtUp();
    };
    const runner = await runnerOf({}, { readModel: rebuilding(stores.readModel, moveOn) });
    running.push(runner);
    await runner.start();
    await runner.caughtUp();
    await runner.rebuild();
    expect(await runner.documents.checkpoint()).toBe(await stores.events.head());
  });

  it('makes good what was wrong with the documents', async () => {
    await appendMany(3);
    const runner = await runnerOf();
    await runner.start();
    await runner.caughtUp();
    const wrong = { counter: 'a', count: 77, even: false };
    await runner.documents.commit([{ id: 'a', position: 1_000, document: wrong }], START);
    await runner.rebuild();
    await appendMany(1);
    await runner.caughtUp();
    expect(await countOf(runner)).toBe(4);
  });

  it('of a relational projection forgets what it held in memory', async () => {
    const documents = await stores.readModel.live(tree);
    const runner = stores.running(new ProjectionRunner(tree, documents, stores.events, stores.readModel, logger));
    await stores.append('node-1', placed('a', 'root'), placed('b', 'root'));
    await runner.start();
    await runner.caughtUp();
    await runner.stop();
    await documents.commit([{ id: 'a', position: 100, document: { node: 'a', under: 'b' } }], START);
    await runner.start();
    await runner.rebuild();
    await stores.append('node-1', placed('b', 'a'));
    await runner.caughtUp();
    expect((await documents.get('b'))?.document).toEqual({ node: 'b', under: 'a' });
  });

  it('keeps nothing from the listeners that the live documents did not have yet', async () => {
    const stored = await stores.readModel.live(counters().projection);
    const [entered, leave] = [gate(), gate()];
    const documents = altered(stored, {
      getMany: async (ids) => {
        entered.open();
        await leave.opened;
        return stored.getMany(ids);
      },
    });
    const runner = await runnerOf({}, { documents });
    const told: [string, number][] = [];
    runner.onFolded((changed) => changed.forEach(({ id, position }) => told.push([id, position])));
    await runner.start();
    await stores.append('counter-a', counted('a'));
    await entered.opened;
    // The live documents are held at the first; the new ones have both.
    await stores.append('counter-b', counted('b'));
    const rebuilt = runner.rebuild();
    for (let i = 0; i < 20; i++) await turn();
    leave.open();
    await rebuilt;
    expect(told).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    expect(runner.position).toBe(2);
    await stores.append('counter-c', counted('c'));
    await runner.caughtUp();
    expect(told).toHaveLength(3);
  });

  it('is not swapped in before it has what the live documents have', async () => {
    const [entered, leave] = [gate(), gate()];
    const heldAtB = <D extends object>(documents: Collection<D>) =>
      altered(documents, {
        getMany: async (ids) => {
          if (ids.includes('b')) {
            entered.open();
            await leave.opened;
          }
          return documents.getMany(ids);
        },
      });
    const goOn = async () => {
      await stores.append('counter-b', counted('b'));
      await entered.opened;
      await stores.append('counter-c', counted('c'));
      await runner.caughtUp();
    };
    let commits = 0;
    const next = rebuilding(stores.readModel, async () => (++commits === 1 ? goOn() : undefined));
    const readModel: ReadModel = { ...next, rebuild: async (projection) => heldAtB(await next.rebuild(projection)) };
    await appendMany(3);
    const runner: ProjectionRunner<Counter, never> = await runnerOf({}, { readModel });
    await runner.start();
    await runner.caughtUp();
    const rebuilt = runner.rebuild();
    await entered.opened;
    while ((await countOf(runner, 'c')) !== 1) await turn();
    for (let i = 0; i < 20; i++) await turn();
    leave.open();
    await rebuilt;
    expect([runner.position, await countOf(runner, 'b'), await countOf(runner, 'c')]).toEqual([5, 1, 1]);
  });

  it('keeps those waiting who wait for a position', async () => {
    await appendMany(10);
    const runner = await runnerOf();
    await runner.start();
    await runner.caughtUp();
    const waiting = runner.reached(11);
    await runner.rebuild();
    await appendMany(1);
    expect(await waiting).toBe(true);
  });

  it('that is asked for twice happens once', async () => {
    await appendMany(10);
    const { projection, folds } = counters();
    const documents = await stores.readModel.live(projection);
    const runner = stores.running(new ProjectionRunner(projection, documents, stores.events, stores.readModel, logger));
    await runner.start();
    await runner.caughtUp();
    folds.length = 0;
    await Promise.all([runner.rebuild(), runner.rebuild()]);
    expect(folds).toHaveLength(10);
    await runner.rebuild();
    expect(folds).toHaveLength(20);
  });

  it('is given up when the runner stops, and the live documents stay', async () => {
    await appendMany(10);
    const entered = gate();
    const leave = gate();
    const slow = rebuilding(stores.readModel, () => {
      entered.open();
      return leave.opened;
    });
    const runner = await runnerOf({}, { readModel: slow });
    await runner.start();
    await runner.caughtUp();
    const rebuilt = runner.rebuild();
    await entered.opened;
    await appendMany(700);
    const stopping = runner.stop();
    leave.open();
    await Promise.all([stopping, rebuilt]);
    await stores.reopen();
    const again = await runnerOf();
    await again.start();
    await again.caughtUp();
    expect(await countOf(again)).toBe(710);
  });
});
