import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { counted } from './testing/counters.ts';
import { notYet, SharedProcess, twoProcesses } from './testing/shared-process.ts';
import { Stores } from './testing/stores.ts';

let stores: Stores;
beforeEach(async () => void (stores = await Stores.open()));
afterEach(() => stores.dispose());

const append = (...names: string[]) => stores.append('counter-1', ...names.map((name) => counted(name)));
const two = () => twoProcesses(stores);

describe('a projection that another process owns', () => {
  it('is neither folded nor stored by a process where nobody listens', async () => {
    await append('a', 'b', 'a');
    const { first, second } = await two();
    expect(await second.runner.caughtUp()).toBe(true);
    expect(await second.countOf()).toBe(2);
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
    expect(await second.countOf()).toBe(1);
  });

  it('is reached where somebody listens when its owner has stored it, and not before', async () => {
    const { first, second } = await two();
    await second.listen();
    first.failing = Infinity;
    await append('a');
    const reached = second.runner.caughtUp();
    while (second.counts()['a'] !== 1) await turn();
    expect(await notYet(reached)).toBe(true);
    expect(await second.countOf()).toBeUndefined();
    first.failing = 0;
    expect(await reached).toBe(true);
    expect(await second.countOf()).toBe(1);
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
