import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ReadModel } from '../read-model/index.ts';
import { ProjectionRunner } from './projection-runner.ts';
import { beforeCommits, rebuilding } from './testing/collections.ts';
import { counted, counters, type Counter } from './testing/counters.ts';
import { logger, Stores } from './testing/stores.ts';

let stores: Stores;
beforeEach(async () => void (stores = await Stores.open()));
afterEach(() => stores.dispose());

type Runner = ProjectionRunner<Counter, never>;

async function runnerOf(
  changes: Parameters<typeof counters>[0],
  { documents, readModel = stores.readModel }: { documents?: Runner['documents']; readModel?: ReadModel },
): Promise<Runner> {
  const { projection } = counters(changes);
  const live = documents ?? (await stores.readModel.live(projection));
  return stores.running(new ProjectionRunner(projection, live, stores.events, readModel, logger));
}

const countOf = async (runner: Runner, id = 'a') => (await runner.documents.get(id))?.document.count;
const appendMany = (count: number) =>
  Promise.all(Array.from({ length: count }, () => stores.append('counter-a', counted())));

describe('a rebuild whose store fails', () => {
  const broken = () => Promise.reject(new Error('broken'));
  const failingOnce = () => {
    let failures = 1;
    return async () => (failures-- > 0 ? broken() : undefined);
  };
  /** One event, and more documents than are held in memory. */
  const names = Array.from({ length: 12_000 }, (_, n) => `n${n}`);
  const wide: Parameters<typeof counters>[0] = {
    keys: (event) => event.data.counter.split(','),
    fold: (_, __, counter) => ({ counter, count: 1, even: false }),
  };
  const appendNames = () => stores.append('counter-a', counted(names.join()));

  it('is not given up', async () => {
    await appendMany(3);
    const runner = await runnerOf({}, { readModel: rebuilding(stores.readModel, failingOnce()) });
    await runner.start();
    await runner.caughtUp();
    await runner.documents.commit(
      [{ id: 'gone', position: 1, document: { counter: 'gone', count: 1, even: false } }],
      3,
    );
    await runner.rebuild();
    expect([await countOf(runner), await countOf(runner, 'gone')]).toEqual([3, undefined]);
  });

  it('is not swapped in before all of it is stored', async () => {
    await appendMany(3);
    let commits = 0;
    const last = async () => {
      if (++commits === 2 || commits === 3) return broken();
      if (commits > 1) return;
      await appendMany(1);
      await runner.caughtUp();
    };
    const runner: Runner = await runnerOf({}, { readModel: rebuilding(stores.readModel, last) });
    await runner.start();
    await runner.caughtUp();
    await runner.rebuild();
    expect([commits, runner.position, await countOf(runner)]).toEqual([4, 4, 4]);
  });

  it('of documents of another version is not given up either', async () => {
    await appendMany(3);
    await stores.readModel.live(counters().projection);
    const runner = await runnerOf({ version: 2 }, { readModel: rebuilding(stores.readModel, failingOnce()) });
    expect(runner.documents.stale).toBe(true);
    await runner.start();
    await appendMany(1);
    await runner.caughtUp();
    expect([runner.documents.stale, await countOf(runner)]).toEqual([false, 4]);
  });

  it('is given up by a stop, though it waits for room', async () => {
    const runner = await runnerOf(wide, { readModel: rebuilding(stores.readModel, broken) });
    await runner.start();
    await appendNames();
    await runner.caughtUp();
    const rebuilt = runner.rebuild();
    for (let i = 0; i < 100; i++) await turn();
    await runner.stop();
    await rebuilt;
    expect(await runner.documents.count()).toBe(12_000);
  });

  it('makes good live documents that cannot be stored, though more of them wait for room', async () => {
    const stored = await stores.readModel.live(counters(wide).projection);
    const runner = await runnerOf(wide, { documents: beforeCommits(stored, broken) });
    await runner.start();
    await appendNames();
    while (!runner.failure) await turn();
    await runner.rebuild();
    expect(runner.position).toBe(1);
    expect(await stored.count()).toBe(12_000);
  });

  it('that cannot be swapped in rejects, and the live documents go on', async () => {
    await appendMany(3);
    const runner = await runnerOf({}, { readModel: rebuilding(stores.readModel, async () => undefined, broken) });
    await runner.start();
    await runner.caughtUp();
    await expect(runner.rebuild()).rejects.toThrow('broken');
    await appendMany(1);
    await runner.caughtUp();
    expect(await countOf(runner)).toBe(4);
  });
});
