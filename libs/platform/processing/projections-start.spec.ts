import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Projection } from '../kernel/index.ts';
import type { ReadModel } from '../read-model/index.ts';
import { Projections } from './projections.ts';
import { beforeCommits } from './testing/collections.ts';
import { counted, counters, type Counted, type Counter } from './testing/counters.ts';
import { gate, logger, Stores } from './testing/stores.ts';

const EVENTS = 3_000;

let stores: Stores;
let release: () => void = () => undefined;
beforeEach(async () => {
  stores = await Stores.open();
  for (let n = 0; n < EVENTS; n += 500)
    await stores.append('counter-a', ...Array.from({ length: 500 }, () => counted()));
});
afterEach(async () => {
  release();
  await stores.dispose();
});

const later = (changes: Partial<Projection<Counter, Counted>> = {}) =>
  counters({ name: 'counters-of-later', ...changes }).projection;

/** Not started. */
async function installed(...of: readonly Projection<Counter, Counted>[]): Promise<Projections> {
  const projections = stores.running(new Projections(stores.events, stores.readModel, logger));
  for (const projection of of) await projections.add(projection);
  return projections;
}

async function stored(projection: Projection<Counter, Counted>) {
  const documents = await stores.readModel.live(projection);
  return { count: (await documents.get('a'))?.document.count, checkpoint: await documents.checkpoint() };
}
const all = { count: EVENTS, checkpoint: EVENTS };

/** Of another version, in which there were fewer projections. */
async function hasRun(): Promise<void> {
  await (await installed(counters().projection)).start();
  await stores.reopen();
}

describe('after the start of a sole process', () => {
  it('documents that were never there before have all of history', async () => {
    await hasRun();
    const projection = later();
    await (await installed(counters().projection, projection)).start();
    expect([await stored(projection), await stored(counters().projection)]).toEqual([all, all]);
  });

  it('so have those that were cut off when they were folded for the first time', async () => {
    const projection = later();
    const half = { counter: 'a', count: EVENTS / 2, even: true };
    const documents = await stores.readModel.live(projection);
    await documents.commit([{ id: 'a', position: EVENTS / 2, document: half }], EVENTS / 2);
    await (await installed(projection)).start();
    expect(await stored(projection)).toEqual(all);
  });

  it('so have the others if one cannot be folded, which shows', async () => {
    const fold = () => {
      throw new Error('broken');
    };
    const [broken, projection] = [later({ name: 'broken', fold }), later()];
    const projections = await installed(broken, projection);
    await projections.start();
    expect(await stored(projection)).toEqual(all);
    expect(projections.followers().map(({ failure }) => failure)).toEqual([new Error('broken'), undefined]);
  });
});

it('a stop ends a start that waits for documents to be stored', async () => {
  const [entered, leave] = [gate(), gate()];
  release = leave.open;
  const { readModel } = stores;
  const live: ReadModel['live'] = async (projection) =>
    beforeCommits(await readModel.live(projection), () => {
      entered.open();
      return leave.opened;
    });
  stores.readModel = { ...readModel, live, close: () => readModel.close() };
  const projections = await installed(later());
  const starting = projections.start();
  await entered.opened;
  const stopping = projections.stop();
  leave.open();
  await Promise.all([starting, stopping]);
  expect(projections.followers().map(({ failure }) => failure)).toEqual([undefined]);
});
