import { setImmediate as turn } from 'node:timers/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SqliteEventStore } from '../../../platform/event-store/embedded/sqlite-event-store.ts';
import { START } from '../../../platform/kernel/index.ts';
import { Progress, type Following } from '../../../platform/processing/index.ts';
import { OrderHorizon } from './order-horizon.ts';
import { append } from './testing/documents.ts';

let folder: string;
let store: SqliteEventStore;
let decided: Progress;
let fanOut: Following | undefined;
let horizon: OrderHorizon;
let moves: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-'));
  store = new SqliteEventStore(join(folder, 'events.db'));
  decided = new Progress(START);
  fanOut = {
    name: 'fan-out',
    categories: [],
    failure: undefined,
    get position() {
      return decided.position;
    },
    reached: (position) => decided.reached(position),
    caughtUp: async () => decided.reached(await store.head()),
  };
  moves = 0;
  horizon = new OrderHorizon(
    store,
    () => fanOut,
    () => void moves++,
  );
  horizon.start(START);
});
afterEach(async () => {
  horizon.stop();
  await store.close();
  await rm(folder, { recursive: true });
});

/** Answers the position of the newest. */
async function events(count: number): Promise<number> {
  await append(store, 'thing-1', ...Array.from({ length: count }, () => ({ type: 'Happened', data: {} })));
  return store.head();
}
const turns = async () => {
  for (let n = 0; n < 50; n++) await turn();
};

describe('the horizon of strictly ordered lanes', () => {
  it('is where fan-out has decided up to, once all that it recorded by then is folded', async () => {
    const head = await events(6);
    horizon.reach(head - 3);
    horizon.folded(head);
    await turns();
    expect([horizon.limit, moves]).toEqual([START, 0]);
    // It has recorded what it decided.
    const later = await events(2);
    decided.moveTo(head - 2);
    await turns();
    horizon.folded(later - 1);
    await turns();
    expect([horizon.limit, moves]).toEqual([START, 0]);
    horizon.folded(later);
    await turns();
    expect([horizon.limit, moves]).toEqual([head - 2, 1]);
  });

  it('has nothing to wait for within what was reached', async () => {
    const head = await events(2);
    decided.moveTo(head);
    horizon.folded(head);
    horizon.reach(head);
    await turns();
    horizon.reach(head - 1);
    await turns();
    expect([horizon.limit, moves]).toEqual([head, 1]);
  });

  it.each([
    ['there is no fan-out', () => void (fanOut = undefined)],
    ['the store cannot say where it ends', () => void (store.head = () => Promise.reject(new Error('disk I/O error')))],
  ])('is not asked for again and again while %s', async (_, breakIt) => {
    const head = await events(2);
    decided.moveTo(head);
    horizon.folded(head);
    breakIt();
    horizon.reach(head);
    await turns();
    expect([horizon.limit, moves]).toEqual([START, 0]);
  });
});
