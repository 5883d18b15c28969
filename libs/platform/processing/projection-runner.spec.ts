import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { START, type Projection } from '../kernel/index.ts';
import { ProjectionRunner } from './projection-runner.ts';
import { altered, beforeCommits } from './testing/collections.ts';
import { counted, counters, placed, tree, type Counter, type Node } from './testing/counters.ts';
import { gate, logger, Stores } from './testing/stores.ts';

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
  await runner.caughtUp();
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
    await runner.caughtUp();
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

  it('that a fold leaves as they are are not read for each batch, and are folded further', async () => {
    const { projection } = counters({
      keys: () => ['a'],
      fold: (document, { data }) =>
        document && data.counter !== 'a' ? document : { counter: 'a', count: (document?.count ?? 0) + 1, even: false },
    });
    await stores.append('counter-a', counted());
    await (await run(projection)).stop();
    const runner = await run(projection);
    const reads = jest.spyOn(runner.documents, 'getMany');
    for (const name of ['left', 'left', 'a', 'left', 'a']) {
      await stores.append('counter-a', counted(name));
      await runner.caughtUp();
    }
    expect([reads.mock.calls, await countOf(runner)]).toEqual([[[['a']]], 3]);
  });
});

describe('listeners', () => {
  it('are told what has changed before it is stored, and when it can be read', async () => {
    const runner = await run(counters().projection);
    const told: unknown[] = [];
    runner.onFolded((changed, position) => told.push(['folded', position, changed.map(({ id }) => id)]));
    runner.onStored((position) => told.push(['stored', position, runner.documents.get('a')]));
    await stores.append('counter-a', counted('a'), counted('b'), counted('a'));
    await runner.caughtUp();
    expect(await Promise.all(told.map(async (one) => Promise.all(one as unknown[])))).toMatchObject([
      ['folded', 3, ['a', 'b']],
      ['stored', 3, { position: 3, document: { count: 2 } }],
    ]);
  });

  it('are told of the position though nothing changed', async () => {
    const runner = await run(counters().projection);
    const positions: unknown[] = [];
    runner.onFolded((changed, position) => positions.push(['folded', changed.length, position]));
    runner.onStored((position) => positions.push(['stored', position]));
    await stores.append('other-1', counted());
    await runner.caughtUp();
    expect(positions).toEqual([
      ['folded', 0, 1],
      ['stored', 1],
    ]);
  });
});

describe('while commits fail', () => {
  const broken = async () => {
    const { projection } = counters({ keys: (event) => event.data.counter.split(',') });
    const stored = await stores.readModel.live(projection);
    let repaired = false;
    const documents = beforeCommits(stored, async () => {
      if (!repaired) throw new Error('broken');
    });
    const runner = stores.running(new ProjectionRunner(projection, documents, stores.events, stores.readModel, logger));
    await runner.start();
    return { runner, repair: () => (repaired = true) };
  };
  const failure = async (runner: ProjectionRunner<Counter, never>) => {
    while (!runner.failure) await turn();
    return runner.failure;
  };

  it('the position is that of what is stored, and moves on when they work again', async () => {
    const { runner, repair } = await broken();
    await stores.append('counter-a', counted(), counted());
    expect(await failure(runner)).toEqual(new Error('broken'));
    expect([runner.position, await runner.reached(1, 0)]).toEqual([START, false]);
    await stores.append('counter-a', counted());
    repair();
    await runner.caughtUp();
    expect([runner.failure, await countOf(runner)]).toEqual([undefined, 3]);
  });

  it('a stop waits neither for them nor for room, and the next start folds again what was not stored', async () => {
    const { runner, repair } = await broken();
    const names = (prefix: string) => Array.from({ length: 6_000 }, (_, n) => `${prefix}${n}`).join();
    const folded: number[] = [];
    runner.onFolded((_, position) => folded.push(position));
    // The second fills the room there is; nobody has taken the third.
    for (const prefix of ['a', 'b', 'c']) await stores.append('counter-a', counted(names(prefix)));
    while (Math.max(...folded) < 2) await turn();
    await failure(runner);
    const waiting = runner.reached(3);
    await runner.stop();
    expect(await waiting).toBe(false);
    expect(await runner.documents.count()).toBe(0);
    repair();
    await runner.start();
    await runner.caughtUp();
    expect(await runner.documents.count()).toBe(18_000);
  });
});

describe('a runner that is stopped', () => {
  it('has stored what it folded, and goes on from there', async () => {
    const runner = await runnerOf(counters().projection);
    const folded = gate();
    runner.onFolded((_, position) => position === 2 && folded.open());
    await runner.start();
    await stores.append('counter-a', counted(), counted());
    await folded.opened;
    await runner.stop();
    expect([await runner.documents.checkpoint(), await countOf(runner)]).toEqual([2, 2]);
    await stores.append('counter-a', counted());
    await runner.start();
    await runner.caughtUp();
    expect(await countOf(runner)).toBe(3);
  });

  it('has stored what it had begun to fold', async () => {
    const { projection } = counters();
    const stored = await stores.readModel.live(projection);
    const [entered, leave] = [gate(), gate()];
    const slow = altered(
      beforeCommits(stored, () => turn()),
      {
        getMany: async (ids) => {
          entered.open();
          await leave.opened;
          return stored.getMany(ids);
        },
      },
    );
    const runner = new ProjectionRunner(projection, slow, stores.events, stores.readModel, logger);
    await runner.start();
    await stores.append('counter-a', counted());
    await entered.opened;
    const stopping = runner.stop();
    await turn();
    leave.open();
    await stopping;
    expect(await stored.checkpoint()).toBe(1);
  });
});

describe('a relational projection', () => {
  const parents = async (runner: ProjectionRunner<Node, never>) =>
    Object.fromEntries((await runner.documents.find({})).items.map(({ document }) => [document.node, document.under]));

  it('sees the other documents as they are before the event', async () => {
    await stores.append('node-1', placed('a', 'root'), placed('b', 'a'), placed('a', 'b'), placed('c', 'b'));
    const runner = await run(tree);
    await stores.append('node-1', placed('a', 'c'), placed('d', 'c'));
    await runner.caughtUp();
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
