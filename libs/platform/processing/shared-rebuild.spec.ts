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
    expect(await second.countOf()).toBe(3);
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
    expect([await watcher.countOf('a'), await watcher.countOf('b')]).toEqual([undefined, 1]);
  });
});
