import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Saga } from '../kernel/index.ts';
import { currentContext } from '../runtime/index.ts';
import { SagaRunner } from './saga-runner.ts';
import { Bus, ordered, priced, saga, type Event, type Price } from './testing/charges.ts';
import { gate, logger, Stores } from './testing/stores.ts';

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

describe('a command that fails', () => {
  it('makes the saga react again, to the documents as of the event', async () => {
    let failures = 1;
    bus.work = async () => {
      if (failures-- > 0) throw new Error('broken');
    };
    // One batch: by the time it is repeated, the price after the order has been folded once.
    await stores.append('shop-1', priced(5), ordered('a'), priced(9));
    await (await start(saga({ parallel: true }))).follower?.caughtUp();
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
