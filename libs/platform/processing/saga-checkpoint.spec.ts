import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START, type Saga } from '../kernel/index.ts';
import type { Collection, ReadModel } from '../read-model/index.ts';
import { SagaRunner } from './saga-runner.ts';
import { Bus, ordered, priced, prices, saga, type Event, type Price } from './testing/charges.ts';
import { altered, beforeCommits } from './testing/collections.ts';
import { gate, logger, Stores } from './testing/stores.ts';

let stores: Stores;
let bus: Bus;
beforeEach(async () => {
  stores = await Stores.open();
  bus = new Bus();
});
afterEach(() => stores.dispose());

const runnerOf = (of: Saga<Event, Price> = saga(), readModel = stores.readModel) =>
  new SagaRunner(of as unknown as Saga, stores.events, readModel, bus, logger);

async function start(of?: Saga<Event, Price>): Promise<SagaRunner> {
  const runner = stores.running(runnerOf(of));
  await runner.start();
  return runner;
}
const altering = (
  readModel: ReadModel,
  change: <D extends object>(documents: Collection<D>) => Collection<D> & { readonly stale: boolean },
): ReadModel => ({
  live: async (projection) => change(await readModel.live(projection)),
  rebuild: (projection) => readModel.rebuild(projection),
  swap: (name) => readModel.swap(name),
  close: () => readModel.close(),
});
const checkpoint = async () => (await stores.readModel.live(prices)).checkpoint();

describe('the checkpoint of a saga', () => {
  it('moves after its commands are done, with the documents it folded', async () => {
    await stores.append('shop-1', priced(5), ordered('a'));
    const [entered, leave] = [gate(), gate()];
    bus.work = () => {
      entered.open();
      return leave.opened;
    };
    const runner = await start();
    await entered.opened;
    await turn();
    expect(await checkpoint()).toBe(-1);
    expect(await (await stores.readModel.live(prices)).get('price')).toBeUndefined();
    leave.open();
    await runner.follower?.caughtUp();
    expect(await checkpoint()).toBe(2);
    expect((await (await stores.readModel.live(prices)).get('price'))?.document).toEqual({ price: 5 });
  });

  it('is where a new process goes on, with the documents as of there', async () => {
    await stores.append('shop-1', priced(5), ordered('a'));
    await (await start()).follower?.caughtUp();
    await stores.reopen();
    await stores.append('shop-1', ordered('b'));
    await (await start()).follower?.caughtUp();
    expect(bus.asked).toEqual([
      { order: 'a', price: 5 },
      { order: 'b', price: 5 },
    ]);
  });

  it('is kept by a saga without documents too', async () => {
    const memoryless = saga({
      react: (event) =>
        event.type === 'Ordered' ? [{ type: 'Charge', data: event.data.order, metadata: event.metadata }] : [],
    });
    const { documents: _, ...without } = memoryless;
    await stores.append('shop-1', ordered('a'));
    await (await start(without)).follower?.caughtUp();
    await stores.reopen();
    await stores.append('shop-1', ordered('b'));
    await (await start(without)).follower?.caughtUp();
    expect(bus.asked).toEqual(['a', 'b']);
  });

  it('ahead of the store belongs to another history', async () => {
    await stores.append('shop-1', priced(5), ordered('a'), ordered('b'));
    await (await start()).follower?.caughtUp();
    await stores.loseEvents();
    await stores.append('shop-1', ordered('c'));
    await (await start()).follower?.caughtUp();
    expect(bus.asked.at(-1)).toEqual({ order: 'c' });
  });

  it('is not stored for a batch that changes no document, but by a stop', async () => {
    await stores.append('shop-1', priced(5), ordered('a'));
    const runner = await start();
    await runner.follower?.caughtUp();
    await stores.append('shop-1', ordered('b'));
    await runner.follower?.caughtUp();
    expect([runner.follower?.position, await checkpoint()]).toEqual([3, 2]);
    await runner.stop();
    expect(await checkpoint()).toBe(3);
  });

  it('is stored every now and then, whether or not there is anything to react to', async () => {
    const runner = await start();
    await stores.append('shop-1', ...Array.from({ length: 800 }, () => ordered('a')));
    await runner.follower?.caughtUp();
    expect(await checkpoint()).toBe(START);
    await stores.append('other-1', ...Array.from({ length: 200 }, () => ordered('a')));
    await runner.follower?.caughtUp();
    expect(await checkpoint()).toBe(1_000);
    expect(runner.follower?.position).toBe(1_000);
  });

  it('that cannot be stored by a stop is left where it is', async () => {
    const { readModel } = stores;
    const runner = runnerOf(
      saga(),
      altering(readModel, (documents) => beforeCommits(documents, () => Promise.reject(new Error('broken')))),
    );
    await runner.start();
    await stores.append('shop-1', ordered('a'));
    await runner.follower?.caughtUp();
    await runner.stop();
    expect(await checkpoint()).toBe(START);
  });
});

describe('a saga that ends after it reacted', () => {
  const reactionsWhen = async (end: (runner: SagaRunner) => Promise<void> | undefined) => {
    await stores.append('shop-1', priced(5));
    const runner = runnerOf();
    await runner.start();
    await runner.follower?.caughtUp();
    await stores.append('shop-1', ordered('a'), ordered('b'));
    await runner.follower?.caughtUp();
    await end(runner);
    await stores.reopen();
    await stores.append('shop-1', ordered('c'));
    await (await start()).follower?.caughtUp();
    return bus.asked.map((data) => (data as { order: string }).order);
  };

  it('by a stop does not react again', async () => {
    expect(await reactionsWhen((runner) => runner.stop())).toEqual(['a', 'b', 'c']);
  });

  it('by a crash reacts again, to the same documents', async () => {
    // What it has in memory is lost: its stop is never called.
    expect(await reactionsWhen((runner) => runner.follower?.stop())).toEqual(['a', 'b', 'a', 'b', 'c']);
    expect(new Set(bus.asked.map((data) => (data as { price: number }).price))).toEqual(new Set([5]));
  });
});

it('documents that can only half be loaded are loaded again', async () => {
  await stores.append('shop-1', priced(5));
  await (await start()).follower?.caughtUp();
  await stores.reopen();
  let failures = 1;
  const failing = altering(stores.readModel, (documents) =>
    altered(documents, {
      find: async (query) => {
        if (failures-- > 0) throw new Error('broken');
        return documents.find(query);
      },
    }),
  );
  const runner = stores.running(runnerOf(saga(), failing));
  await runner.start();
  await stores.append('shop-1', ordered('a'));
  await runner.follower?.caughtUp();
  expect(bus.asked).toEqual([{ order: 'a', price: 5 }]);
});
