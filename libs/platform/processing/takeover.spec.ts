import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { counted } from './testing/counters.ts';
import { notYet, twoProcesses } from './testing/shared-process.ts';
import { Stores } from './testing/stores.ts';

let stores: Stores;
beforeEach(async () => void (stores = await Stores.open()));
afterEach(() => stores.dispose());

const append = (...names: string[]) => stores.append('counter-1', ...names.map((name) => counted(name)));
const two = () => twoProcesses(stores);

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
    expect(await first.countOf()).toBe(3);
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
    expect(second.told[again]).toMatchObject({ ids: [], position: 1 });
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
