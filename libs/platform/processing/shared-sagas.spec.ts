import { setImmediate as turn } from 'node:timers/promises';
import type { CommandBus } from '@nestjs/cqrs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ScriptedOwnership } from '../leases/testing/scripted-ownership.ts';
import type { ReadModel } from '../read-model/index.ts';
import { Sagas } from './sagas.ts';
import { Bus, ordered, priced, saga } from './testing/charges.ts';
import { beforeCommits } from './testing/collections.ts';
import { notYet } from './testing/shared-process.ts';
import { logger, Stores } from './testing/stores.ts';

let stores: Stores;
beforeEach(async () => void (stores = await Stores.open()));
afterEach(() => stores.dispose());

/** One of several processes that charge what is ordered. */
class Process {
  readonly ownership = new ScriptedOwnership();
  readonly bus = new Bus();
  failing = 0;
  readonly sagas: Sagas;

  constructor(changes: Parameters<typeof saga>[0] = {}) {
    const readModel: ReadModel = {
      ...stores.readModel,
      live: async (projection) =>
        beforeCommits(await stores.readModel.live(projection), async () => {
          if (this.failing-- > 0) throw new Error('It cannot be stored now.');
        }),
      rebuild: (projection) => stores.readModel.rebuild(projection),
      swap: (name) => stores.readModel.swap(name),
    };
    const commands = this.bus as unknown as CommandBus;
    this.sagas = stores.running(new Sagas(stores.events, readModel, logger, commands, () => this.ownership));
    this.sagas.add(saga(changes));
  }

  get asked(): readonly string[] {
    return this.bus.asked.map((data) => (data as { order: string }).order);
  }
}
async function two(): Promise<{ first: Process; second: Process }> {
  const [first, second] = [new Process(), new Process()];
  await Promise.all([first.sagas.start(), second.sagas.start()]);
  first.ownership.gain();
  while (first.sagas.followers().length === 0) await turn();
  return { first, second };
}
const order = (...orders: string[]) => stores.append('shop-1', ...orders.map(ordered));

describe('a saga that another process runs', () => {
  it('asks for nothing here, and is caught up with when it has reacted there', async () => {
    const { first, second } = await two();
    await order('a', 'b');
    expect(await second.sagas.follower('charge')?.caughtUp()).toBe(true);
    expect([first.asked, second.asked]).toEqual([['a', 'b'], []]);
    expect(second.sagas.follower('charge')?.position).toBe(await stores.events.head());
  });

  it('is caught up with not before that', async () => {
    const { first, second } = await two();
    let react: () => void = () => undefined;
    first.bus.work = () => new Promise<void>((resolve) => (react = resolve));
    await order('a');
    while (first.asked.length === 0) await turn();
    const reached = second.sagas.follower('charge')?.caughtUp() ?? Promise.resolve();
    expect(await notYet(reached)).toBe(true);
    expect(await second.sagas.follower('charge')?.reached(1, 30)).toBe(false);
    react();
    expect(await reached).toBe(true);
  });

  it('is caught up with though its checkpoint could not be stored at first, and nothing comes after', async () => {
    const { first, second } = await two();
    first.failing = 1;
    await order('a');
    expect(await second.sagas.follower('charge')?.caughtUp()).toBe(true);
    expect(first.failing).toBeLessThanOrEqual(0);
  });

  it('is known here as far as it was looked at, if nobody waits', async () => {
    const { first, second } = await two();
    await order('a');
    await first.sagas.caughtUp();
    const { sagas } = second;
    const head = await stores.events.head();
    expect(sagas.follower('charge')?.position).toBeLessThan(head);
    while (sagas.follower('charge')?.position !== head) await sagas.look().then(() => turn());
  });
});

describe('a saga that passes to another process', () => {
  it.each(['given back', 'lost'])('goes on where it was, with the memory it had (%s)', async (how) => {
    const { first, second } = await two();
    await stores.append('shop-1', priced(10), ordered('a'));
    await second.sagas.follower('charge')?.caughtUp();
    if (how === 'lost') first.ownership.lose();
    else await first.ownership.giveBack();
    second.ownership.gain();
    await order('b');
    while (!second.asked.includes('b')) await turn();
    await second.sagas.caughtUp();
    expect(first.asked).toEqual(['a']);
    expect(second.bus.asked).toContainEqual({ order: 'b', price: 10 });
    expect(await first.sagas.follower('charge')?.caughtUp()).toBe(true);
  });

  it('finishes what it has in hand before it is given back', async () => {
    const { first } = await two();
    let react: () => void = () => undefined;
    first.bus.work = () => new Promise<void>((resolve) => (react = resolve));
    await order('a');
    while (first.asked.length === 0) await turn();
    const given = first.ownership.giveBack();
    expect(await notYet(given)).toBe(true);
    react();
    await given;
  });

  it('reacts to everything, however often it passes on', async () => {
    const { first, second } = await two();
    const expected: string[] = [];
    for (let n = 0; n < 12; n++) {
      expected.push(`order ${n}`);
      await order(`order ${n}`);
      const [from, to] = n % 2 === 0 ? [first, second] : [second, first];
      if (n % 3 === 0) from.ownership.lose();
      else await from.ownership.giveBack();
      to.ownership.gain();
    }
    await first.sagas.follower('charge')?.caughtUp();
    expect([...new Set([...first.asked, ...second.asked])].sort()).toEqual([...expected].sort());
  });
});

describe('stopping', () => {
  it.each(['watching', 'running', 'starting'])('ends, and leaves nobody waiting: %s', async (state) => {
    const process = new Process();
    await process.sagas.start();
    if (state !== 'watching') process.ownership.gain();
    if (state === 'running') await process.sagas.follower('charge')?.caughtUp();
    const waits = process.sagas.follower('charge')?.reached(1_000) ?? Promise.resolve(false);
    await process.sagas.stop();
    expect(await waits).toBe(false);
    await order('a');
    for (let n = 0; n < 20; n++) await turn();
    expect(process.asked).toEqual([]);
  });
});
