import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { counted } from './testing/counters.ts';
import { notYet, SharedProcess } from './testing/shared-process.ts';
import { Stores } from './testing/stores.ts';

let stores: Stores;
beforeEach(async () => void (stores = await Stores.open()));
afterEach(() => stores.dispose());

const append = (...names: string[]) => stores.append('counter-1', ...names.map((name) => counted(name)));
const countOf = async ({ runner }: SharedProcess, id = 'a') => (await runner.documents.get(id))?.document.count;
/** `first` owns what is projected, `second` watches. */
async function two(): Promise<{ first: SharedProcess; second: SharedProcess }> {
  const [first, second] = [await SharedProcess.of(stores), await SharedProcess.of(stores)];
  await Promise.all([first.start(), second.start()]);
  first.ownership.gain();
  await first.runner.reached(await stores.events.head());
  return { first, second };
}

describe('a projection that another process owns', () => {
  it('is neither folded nor stored by a process where nobody listens', async () => {
    await append('a', 'b', 'a');
    const { first, second } = await two();
    expect(await second.runner.caughtUp()).toBe(true);
    expect(await countOf(second)).toBe(2);
    expect([first.folds, second.folds]).toEqual([[1, 2, 3], []]);
    expect(second.commits).toEqual([]);
  });

  it('is not stored by a process where somebody listens', async () => {
    const { second } = await two();
    await second.listen();
    await append('a', 'b', 'a');
    expect(await second.runner.caughtUp()).toBe(true);
    expect([second.commits, second.counts()]).toEqual([[], { a: 2, b: 1 }]);
  });

  it('is reached when its owner has stored it, and not before', async () => {
    const { first, second } = await two();
    first.failing = Infinity;
    await append('a');
    const reached = second.runner.caughtUp();
    expect(await notYet(reached)).toBe(true);
    expect(await second.runner.reached(1, 30)).toBe(false);
    first.failing = 0;
    expect(await reached).toBe(true);
    expect(await countOf(second)).toBe(1);
  });

  it('is reached where somebody listens when its owner has stored it, and not before', async () => {
    const { first, second } = await two();
    await second.listen();
    first.failing = Infinity;
    await append('a');
    const reached = second.runner.caughtUp();
    while (second.counts()['a'] !== 1) await turn();
    expect(await notYet(reached)).toBe(true);
    expect(await countOf(second)).toBeUndefined();
    first.failing = 0;
    expect(await reached).toBe(true);
    expect(await countOf(second)).toBe(1);
  });

  it.each([false, true])('is reached though the newest events are none of it (listening: %s)', async (listens) => {
    const { second } = await two();
    if (listens) await second.listen();
    await stores.append('other-1', counted());
    expect(await second.runner.caughtUp()).toBe(true);
  });

  it('is reached though its owner could not store at first that nothing changed', async () => {
    const { first, second } = await two();
    first.failing = 1;
    await stores.append('other-1', counted());
    expect(await second.runner.caughtUp()).toBe(true);
    expect(first.failing).toBe(0);
  });

  it('is told to listeners before and after it is stored, in order of position', async () => {
    await append('old');
    const { first, second } = await two();
    await second.listen();
    first.failing = Infinity;
    for (let n = 0; n < 20; n++) await append('a', 'b');
    while (second.told.at(-1)?.position !== 41) await turn();
    first.failing = 0;
    await second.runner.caughtUp();
    expect(second.counts()).toEqual({ old: 1, a: 20, b: 20 });
    const positions = second.told.map(({ position }) => position);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(second.told.flatMap(({ ids }) => ids)).not.toContain('old');
  });

  it('is told to all listeners, though they come at the same moment', async () => {
    const { second } = await two();
    const others: string[] = [];
    second.runner.onFolded((changed) => others.push(...changed.map(({ id }) => id)));
    await second.listen();
    await append('a');
    await second.runner.caughtUp();
    expect([second.counts(), others]).toEqual([{ a: 1 }, ['a']]);
    await second.stop();
  });

  it('may not be rebuilt by another than its owner', async () => {
    const { second } = await two();
    await expect(second.projections.rebuild('counters')).rejects.toThrow('Another process owns');
  });

  it('is failing while it cannot be asked for, and no longer once this process owns it', async () => {
    const { first, second } = await two();
    await second.listen();
    const checkpoint = second.runner.documents.checkpoint.bind(second.runner.documents);
    second.runner.documents.checkpoint = () => Promise.reject(new Error('It cannot be read now.'));
    await append('a');
    while (second.runner.failure === undefined) await turn();
    await first.ownership.giveBack();
    second.runner.documents.checkpoint = checkpoint;
    second.ownership.gain();
    await second.runner.caughtUp();
    expect(second.runner.failure).toBeUndefined();
  });
});

describe('a projection that passes to another process', () => {
  it.each(['given back', 'lost'])('is folded on where its owner had got to (%s)', async (how) => {
    const { first, second } = await two();
    await append('a', 'a');
    await first.runner.caughtUp();
    if (how === 'lost') first.ownership.lose();
    else await first.ownership.giveBack();
    second.ownership.gain();
    await append('a');
    expect(await Promise.all([first, second].map(({ runner }) => runner.caughtUp()))).toEqual([true, true]);
    expect(second.folds).toEqual([3]);
    expect(await countOf(first)).toBe(3);
  });

  it('keeps nothing from the listeners of the new owner', async () => {
    const { first, second } = await two();
    await second.listen();
    await append('a');
    await second.runner.caughtUp();
    // Stored while the second process stands still.
    const getMany = second.runner.documents.getMany.bind(second.runner.documents);
    let goOn: () => void = () => undefined;
    const standing = new Promise<void>((resolve) => (goOn = resolve));
    second.runner.documents.getMany = (ids) => standing.then(() => getMany(ids));
    await append('b', 'c');
    await first.runner.caughtUp();
    await first.ownership.giveBack();
    second.ownership.gain();
    goOn();
    await append('a');
    await second.runner.caughtUp();
    expect(second.counts()).toEqual({ a: 2, b: 1, c: 1 });
  });

  it('tells listeners from where it begins again, before it tells them of anything again', async () => {
    const { first, second } = await two();
    await append('old');
    await second.listen();
    first.failing = Infinity;
    await append('a', 'b');
    while (second.told.at(-1)?.position !== 3) await turn();
    first.ownership.lose();
    await append('c');
    second.ownership.gain();
    await second.runner.caughtUp();
    const again = second.told.findIndex(({ position }, n) => position < (second.told[n - 1]?.position ?? 0));
    expect(second.told[again]).toEqual({ ids: [], position: 1 });
    expect(second.told.slice(again + 1).flatMap(({ ids }) => ids)).toEqual(['a', 'b', 'c']);
    expect(second.counts()).toEqual({ old: 1, a: 1, b: 1, c: 1 });
  });

  it('is reached by those who waited in the process that gave it back', async () => {
    const { first, second } = await two();
    const reached = first.runner.reached(1);
    await first.ownership.giveBack();
    expect(await notYet(reached)).toBe(true);
    second.ownership.gain();
    await append('a');
    expect(await reached).toBe(true);
  });

  it('is reached by those who waited in the process that takes it over', async () => {
    const { first, second } = await two();
    const reached = second.runner.reached(1);
    await first.ownership.giveBack();
    second.ownership.gain();
    await append('a');
    expect(await reached).toBe(true);
  });

  it('is not started by a process that has lost it before it could', async () => {
    const { first, second } = await two();
    await first.ownership.giveBack();
    const checkpoint = second.runner.documents.checkpoint.bind(second.runner.documents);
    let tries = 0;
    second.runner.documents.checkpoint = () => Promise.reject(new Error(`Not now, ${++tries}.`));
    second.ownership.gain();
    while (tries === 0) await turn();
    second.ownership.lose();
    second.runner.documents.checkpoint = checkpoint;
    first.ownership.gain();
    await append('a');
    expect(await second.runner.caughtUp()).toBe(true);
    expect([second.folds, second.commits]).toEqual([[], []]);
  });

  it('keeps nothing from a listener that came when nothing had been told yet', async () => {
    const { first, second } = await two();
    await append('a');
    await first.listen();
    const giving = first.ownership.giveBack();
    second.ownership.gain();
    await append('b', 'c');
    await second.runner.caughtUp();
    await giving;
    await first.runner.caughtUp();
    expect(first.counts()).toEqual({ a: 1, b: 1, c: 1 });
  });
});

describe('documents of another version', () => {
  beforeEach(async () => {
    await append('a', 'a', 'b');
    const old = await SharedProcess.of(stores);
    await old.start();
    old.ownership.gain();
    await old.runner.caughtUp();
    await old.stop();
  });
  const newer = async () => {
    const [first, second] = [
      await SharedProcess.of(stores, { version: 2 }),
      await SharedProcess.of(stores, { version: 2 }),
    ];
    return { first, second };
  };

  it.each([false, true])('are waited for until their owner has rebuilt them (listening: %s)', async (listens) => {
    const { first, second } = await newer();
    await second.start();
    const reached = listens ? second.listen() : second.runner.caughtUp();
    expect(await notYet(reached)).toBe(true);
    await first.start();
    first.ownership.gain();
    expect(await reached).toBe(true);
    expect(second.runner.documents.stale).toBe(false);
    await append('a');
    await second.runner.caughtUp();
    expect(await countOf(second)).toBe(3);
    if (listens) expect(second.counts()).toEqual({ a: 3, b: 1 });
  });

  it('are rebuilt by a process whose listeners were there before it owned them', async () => {
    const { second } = await newer();
    const listening = second.listen();
    await second.start();
    second.ownership.gain();
    expect(await listening).toBe(true);
    expect(second.counts()).toEqual({ a: 2, b: 1 });
  });

  it('are given back by a process that could not rebuild them, so that another can', async () => {
    const { first, second } = await newer();
    const rebuild = stores.readModel.rebuild.bind(stores.readModel);
    let tries = 0;
    stores.readModel.rebuild = () => Promise.reject(new Error(`Not now, ${++tries}.`));
    const listening = first.listen();
    await Promise.all([first.start(), second.start()]);
    first.ownership.gain();
    while (tries === 0) await turn();
    const given = first.ownership.giveBack();
    stores.readModel.rebuild = rebuild;
    await given;
    second.ownership.gain();
    expect(await listening).toBe(true);
    expect(first.counts()).toEqual({ a: 2, b: 1 });
  });

  it('are no longer rebuilt by a process that has lost them', async () => {
    const { first, second } = await newer();
    const rebuild = stores.readModel.rebuild.bind(stores.readModel);
    // As where another process has begun the same anew.
    let tries = 0;
    stores.readModel.rebuild = async (projection) => {
      const documents = await rebuild(projection);
      documents.commit = () => Promise.reject(new Error(`Dropped by a later rebuild, ${++tries}.`));
      return documents;
    };
    await Promise.all([first.start(), second.start()]);
    first.ownership.gain();
    while (tries === 0) await turn();
    first.ownership.lose();
    stores.readModel.rebuild = rebuild;
    second.ownership.gain();
    expect(await Promise.all([first.runner.caughtUp(), second.runner.caughtUp()])).toEqual([true, true]);
    expect(first.runner.failure).toBeUndefined();
  });
});

describe('documents of a history that is no more', () => {
  it('are waited for until their owner has made them anew', async () => {
    await append('a', 'a', 'a');
    const { first } = await two();
    await first.runner.caughtUp();
    await stores.loseEvents();
    await append('b');
    const [owner, watcher] = [await SharedProcess.of(stores), await SharedProcess.of(stores)];
    await Promise.all([owner.start(), watcher.start()]);
    const reached = watcher.runner.caughtUp();
    expect(await notYet(reached)).toBe(true);
    owner.ownership.gain();
    expect(await reached).toBe(true);
    expect([await countOf(watcher, 'a'), await countOf(watcher, 'b')]).toEqual([undefined, 1]);
  });
});

describe('stopping', () => {
  const states: Record<string, (process: SharedProcess) => unknown> = {
    watching: () => undefined,
    listening: (process) => void process.listen(),
    'starting to own': (process) => process.ownership.gain(),
    owning: async (process) => {
      process.ownership.gain();
      await process.runner.caughtUp();
    },
    'giving back': (process) => {
      process.ownership.gain();
      void process.ownership.giveBack();
    },
    losing: async (process) => {
      process.ownership.gain();
      await process.runner.caughtUp();
      process.ownership.lose();
    },
    'unable to store': (process) => {
      process.failing = Infinity;
      process.ownership.gain();
    },
    'unable to read': (process) => {
      process.runner.documents.checkpoint = () => Promise.reject(new Error('Not now.'));
      process.ownership.gain();
    },
  };
  const state = Object.keys(states);

  it.each(state)('ends, and leaves nobody waiting: %s', async (name) => {
    await append('a');
    const process = await SharedProcess.of(stores);
    await process.start();
    await states[name]?.(process);
    const waits = process.runner.reached(1_000);
    await append('a', 'b');
    await process.stop();
    expect(await waits).toBe(false);
    expect(await process.runner.reached(1_000)).toBe(false);
    expect(process.ownership.isStarted).toBe(false);
    const before = process.folds.length;
    await append('a');
    for (let n = 0; n < 20; n++) await turn();
    expect(process.folds).toHaveLength(before);
  });

  it('ends where somebody listens for what no process stores', async () => {
    const process = await SharedProcess.of(stores);
    await process.start();
    await process.listen();
    await append('a');
    while (process.counts()['a'] !== 1) await turn();
    await process.stop();
    await process.start();
    process.ownership.gain();
    await append('a');
    await process.runner.caughtUp();
    expect(process.counts()).toEqual({ a: 2 });
  });

  it('ends while documents of another version wait for their owner', async () => {
    await append('a');
    const { first } = await two();
    await first.runner.caughtUp();
    const process = await SharedProcess.of(stores, { version: 2 });
    await process.start();
    const listening = process.listen();
    await process.stop();
    expect(await listening).toBe(false);
  });
});
