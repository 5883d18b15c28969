import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Projection } from '../kernel/index.ts';
import { ProjectionRunner } from './projection-runner.ts';
import { counted, counters, placed, tree, type Counter, type Node } from './testing/counters.ts';
import { logger, Stores } from './testing/stores.ts';

let stores: Stores;
beforeEach(async () => void (stores = await Stores.open()));
afterEach(() => stores.dispose());

/** Not started yet. */
async function runnerOf<D extends object>(projection: Projection<D, never>): Promise<ProjectionRunner<D, never>> {
  const documents = await stores.readModel.live(projection);
  return stores.running(new ProjectionRunner(projection, documents, stores.events, stores.readModel, logger));
}

async function run<D extends object>(projection: Projection<D, never>): Promise<ProjectionRunner<D, never>> {
  const runner = await runnerOf(projection);
  await runner.start();
  await runner.follower?.caughtUp();
  return runner;
}

const countOf = async (runner: ProjectionRunner<Counter, never>, id = 'a') =>
  (await runner.documents.get(id))?.document.count;

describe('documents', () => {
  it('survive a restart with their checkpoint, and only what is new is folded', async () => {
    await stores.append('counter-a', counted(), counted('b'), counted());
    await run(counters().projection);
    await stores.reopen();
    await stores.append('counter-a', counted());
    const { projection, folds } = counters();
    const runner = await run(projection);
    expect(await countOf(runner)).toBe(3);
    expect(await countOf(runner, 'b')).toBe(1);
    expect(folds).toEqual([4]);
    expect(await runner.documents.checkpoint()).toBe(4);
  });

  it('of another version of the fold are built anew', async () => {
    await stores.append('counter-a', counted(), counted());
    await run(counters().projection);
    await stores.reopen();
    const by10 = { fold: (document?: { count: number }) => ({ count: (document?.count ?? 0) + 10 }) as never };
    const runner = await run(counters({ version: 2, ...by10 }).projection);
    expect(await countOf(runner)).toBe(20);
    expect(runner.documents.stale).toBe(false);
    await stores.append('counter-a', counted());
    await runner.follower?.caughtUp();
    expect(await countOf(runner)).toBe(30);
  });

  it('ahead of the store belong to another history, and are built anew', async () => {
    await stores.append('counter-a', counted(), counted('gone'), counted());
    await run(counters().projection);
    await stores.loseEvents();
    await stores.append('counter-a', counted());
    const runner = await run(counters().projection);
    expect(await countOf(runner)).toBe(1);
    expect(await runner.documents.get('gone')).toBeUndefined();
  });

  it('that a fold leaves as they are keep their position', async () => {
    const { projection } = counters({ fold: (document) => document ?? { counter: 'a', count: 1, even: false } });
    await stores.append('counter-a', counted(), counted());
    const runner = await run(projection);
    expect(await runner.documents.get('a')).toMatchObject({ position: 1 });
  });
});

describe('listeners', () => {
  it('are told after the commit, with what changed and the position that covers it', async () => {
    const runner = await run(counters().projection);
    const told: { id: string; position: number; stored: Promise<unknown> }[] = [];
    runner.onApplied((changed, position) => {
      for (const { id } of changed) told.push({ id, position, stored: runner.documents.get(id) });
    });
    const [first] = await stores.append('counter-a', counted('a'), counted('b'), counted('a'));
    await runner.follower?.caughtUp();
    expect(told).toMatchObject([
      { id: 'a', position: 3 },
      { id: 'b', position: 3 },
    ]);
    expect(await told[0]?.stored).toMatchObject({ position: 3, document: { count: 2 } });
    expect(first?.position).toBe(1);
  });

  it('are told of the position though nothing changed', async () => {
    const runner = await run(counters().projection);
    const positions: number[] = [];
    runner.onApplied((changed, position) => positions.push(changed.length, position));
    await stores.append('other-1', counted());
    await runner.follower?.caughtUp();
    expect(positions).toEqual([0, 1]);
  });
});

describe('a relational projection', () => {
  const parents = async (runner: ProjectionRunner<Node, never>) =>
    Object.fromEntries((await runner.documents.find({})).items.map(({ document }) => [document.node, document.under]));

  it('sees the other documents as they are before the event', async () => {
    await stores.append('node-1', placed('a', 'root'), placed('b', 'a'), placed('a', 'b'), placed('c', 'b'));
    const runner = await run(tree);
    await stores.append('node-1', placed('a', 'c'), placed('d', 'c'));
    await runner.follower?.caughtUp();
    expect(await parents(runner)).toEqual({ a: 'root', b: 'a', c: 'b', d: 'c' });
  });

  it('sees them after a restart too', async () => {
    await stores.append('node-1', placed('a', 'root'), placed('b', 'a'));
    await run(tree);
    await stores.reopen();
    await stores.append('node-1', placed('a', 'b'));
    expect(await parents(await run(tree))).toEqual({ a: 'root', b: 'a' });
  });

  it('loses nothing of a batch that fails half way', async () => {
    let failures = 1;
    const failing: Projection<Node, never> = {
      ...tree,
      fold: (document, event, key, documents) => {
        if (key === 'c' && failures-- > 0) throw new Error('broken');
        return tree.fold(document, event, key, documents);
      },
    };
    await stores.append('node-1', placed('a', 'root'), placed('b', 'a'), placed('c', 'b'));
    expect(await parents(await run(failing))).toEqual({ a: 'root', b: 'a', c: 'b' });
  });

  it('may not be asked by another', async () => {
    const { projection } = counters({
      fold: (document, event, _, documents) =>
        document ?? { counter: event.data.counter, count: documents.where('count', 0).length, even: false },
    });
    await stores.append('counter-a', counted('a'), counted('b'));
    expect(await countOf(await run(projection), 'b')).toBe(0);
  });
});
