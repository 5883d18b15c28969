import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AnyCommand, DomainEvent, Projection, Saga } from '../kernel/index.ts';
import { currentContext } from '../runtime/index.ts';
import { SagaRunner } from './saga-runner.ts';
import { gate, logger, Stores } from './testing/stores.ts';

type Priced = DomainEvent<'Priced', { price: number }>;
type Ordered = DomainEvent<'Ordered', { order: string }>;
type Event = Priced | Ordered;
type Price = { readonly price: number };

const priced = (price: number): Event => ({ type: 'Priced', data: { price } });
const ordered = (order: string): Event => ({ type: 'Ordered', data: { order } });

const prices: Projection<Price, Event> = {
  name: 'charge',
  version: 1,
  categories: ['shop'],
  fields: [],
  keys: (event) => (event.type === 'Priced' ? ['price'] : []),
  fold: (document, event) => (event.type === 'Priced' ? { price: event.data.price } : document),
};
const saga = (changes: Partial<Saga<Event, Price>> = {}): Saga<Event, Price> => ({
  name: 'charge',
  categories: ['shop'],
  documents: prices,
  react: (event, documents) => {
    if (event.type !== 'Ordered') return [];
    const data = { order: event.data.order, price: documents.get('price')?.price };
    return [{ type: 'Charge', data, metadata: { ...event.metadata, actor: 'saga:charge' } }];
  },
  ...changes,
});

/** Keeps what it is asked to do; `work` is how that goes. */
class Bus {
  readonly asked: unknown[] = [];
  work: (data: unknown) => Promise<void> = async () => undefined;

  execute<R>(command: unknown): Promise<R> {
    const { data } = command as AnyCommand;
    this.asked.push(data);
    return this.work(data) as Promise<R>;
  }
}

let stores: Stores;
let bus: Bus;
beforeEach(async () => {
  stores = await Stores.open();
  bus = new Bus();
});
afterEach(() => stores.dispose());

async function start(of: Saga<Event, Price> = saga()): Promise<SagaRunner> {
  const runner = new SagaRunner(of as unknown as Saga, stores.events, stores.readModel, bus, logger);
  stores.running(runner);
  await runner.start();
  return runner;
}
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
});

describe('a command that fails', () => {
  it('makes the saga react again, to the documents as of the event', async () => {
    let failures = 1;
    bus.work = async () => {
      if (failures-- > 0) throw new Error('broken');
    };
    // One batch: by the time it is repeated, the price after the order has been folded once.
    await stores.append('shop-1', priced(5), ordered('a'), priced(9));
    await (await start()).follower?.caughtUp();
    expect(bus.asked).toEqual([
      { order: 'a', price: 5 },
      { order: 'a', price: 5 },
    ]);
  });

  it('makes it react again after a restart, to the documents as of the event', async () => {
    await stores.append('shop-1', priced(5));
    await (await start()).follower?.caughtUp();
    await stores.append('shop-1', ordered('a'), priced(9), ordered('b'));
    bus.work = async (data) => {
      if ((data as { order: string }).order === 'b') throw new Error('broken');
    };
    await stores.reopen();
    const failing = await start();
    while (!failing.follower?.failure) await turn();
    expect(failing.follower.position).toBe(1);
    await stores.reopen();
    bus.asked.length = 0;
    bus.work = async () => undefined;
    await (await start()).follower?.caughtUp();
    expect(bus.asked).toEqual([
      { order: 'a', price: 5 },
      { order: 'b', price: 9 },
    ]);
  });

  it('is waited for with all that run beside it before the batch is repeated', async () => {
    await stores.append('shop-1', priced(5), ordered('a'), ordered('b'));
    const [entered, leave] = [gate(), gate()];
    let failures = 1;
    bus.work = (data) => {
      if ((data as { order: string }).order === 'b') return leave.opened;
      entered.open();
      return failures-- > 0 ? Promise.reject(new Error('broken')) : Promise.resolve();
    };
    const runner = await start(saga({ parallel: true }));
    await entered.opened;
    for (let i = 0; i < 10; i++) await turn();
    expect(runner.follower?.failure).toBeUndefined();
    leave.open();
    await runner.follower?.caughtUp();
    expect(bus.asked).toHaveLength(4);
  });
});

it('a reaction that throws waits for the commands it has already given', async () => {
  await stores.append('shop-1', ordered('a'), ordered('b'));
  const [entered, leave] = [gate(), gate()];
  bus.work = async () => {
    entered.open();
    await leave.opened;
    throw new Error('refused');
  };
  const { react } = saga();
  const throwing = saga({
    parallel: true,
    react: (event, documents) => {
      if (event.type === 'Ordered' && event.data.order === 'b') throw new Error('broken');
      return react(event, documents);
    },
  });
  const runner = await start(throwing);
  await entered.opened;
  for (let i = 0; i < 10; i++) await turn();
  expect(runner.follower?.failure).toBeUndefined();
  leave.open();
  while (!runner.follower?.failure) await turn();
  expect(runner.follower.failure).toEqual(new Error('broken'));
});

describe('the commands of a batch', () => {
  const running = async (parallel: boolean) => {
    let [now, most] = [0, 0];
    bus.work = async () => {
      most = Math.max(most, ++now);
      await turn();
      now--;
    };
    await stores.append('shop-1', priced(5), ...['a', 'b', 'c'].map(ordered));
    await (await start(saga({ parallel }))).follower?.caughtUp();
    return most;
  };

  it('run one after the other', async () => {
    expect(await running(false)).toBe(1);
    expect(bus.asked).toMatchObject([{ order: 'a' }, { order: 'b' }, { order: 'c' }]);
  });

  it('run together where the saga says they may', async () => {
    expect(await running(true)).toBe(3);
  });

  it('run under the trace of their event', async () => {
    const traces: (string | undefined)[] = [];
    bus.work = async () => {
      await turn();
      traces.push(currentContext()?.traceId);
    };
    await stores.append('shop-1', ordered('a'));
    await stores.append('shop-2', ordered('b'));
    await (await start(saga({ parallel: true }))).follower?.caughtUp();
    expect(traces).toEqual(['trace of shop-1', 'trace of shop-2']);
  });
});
