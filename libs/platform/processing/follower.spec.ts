import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START, type Position } from '../kernel/index.ts';
import type { Batch } from '../event-store/index.ts';
import { Follower } from './follower.ts';
import { counted } from './testing/counters.ts';
import { gate, logger, Stores } from './testing/stores.ts';

let stores: Stores;
beforeEach(async () => void (stores = await Stores.open()));
afterEach(() => stores.dispose());

const follow = (handle: (batch: Batch) => Promise<void>, after: Position = START) =>
  stores.running(new Follower(stores.events, logger, { name: 'test', categories: ['counter'], after, handle }));

/** Collects positions; what `before` throws fails the batch. */
function collecting(before: (batch: Batch) => void | Promise<void> = () => undefined) {
  const seen: Position[] = [];
  const handle = async (batch: Batch) => {
    await before(batch);
    seen.push(...batch.events.map(({ position }) => position));
  };
  return { seen, handle };
}

async function appendMany(count: number): Promise<Position[]> {
  const recorded = await Promise.all(Array.from({ length: count }, () => stores.append('counter-a', counted())));
  return recorded.flat().map(({ position }) => position);
}

describe('a batch that fails', () => {
  it('is tried again from the same place, and nothing is skipped or handled twice', async () => {
    const positions = await appendMany(1_200);
    let failures = 2;
    const { seen, handle } = collecting(({ position }) => {
      if (seen.length > 0 && failures-- > 0) throw new Error(`fails at ${position}`);
    });
    const follower = follow(handle);
    follower.start();
    await follower.caughtUp();
    expect(failures).toBeLessThan(0);
    expect(seen).toEqual(positions);
  });

  it('shows as the failure until it succeeds', async () => {
    await appendMany(1);
    const [failed, repaired] = [gate(), gate()];
    const { handle } = collecting(async () => {
      if (follower.failure) return repaired.opened;
      failed.open();
      throw new Error('broken');
    });
    const follower = follow(handle);
    follower.start();
    await failed.opened;
    await turn();
    expect(follower.failure).toEqual(new Error('broken'));
    expect(follower.position).toBe(START);
    repaired.open();
    await follower.caughtUp();
    expect(follower.failure).toBeUndefined();
  });
});

describe('the position of a follower', () => {
  it('moves when a batch is handled, not before', async () => {
    const [position] = await appendMany(1);
    const [entered, leave] = [gate(), gate()];
    const follower = follow(async () => {
      entered.open();
      await leave.opened;
    });
    follower.start();
    await entered.opened;
    expect(follower.position).toBe(START);
    expect(await follower.reached(position ?? START, 1)).toBe(false);
    leave.open();
    expect(await follower.reached(position ?? START)).toBe(true);
    expect(follower.position).toBe(position);
  });

  it('moves over what is not of its categories', async () => {
    const follower = follow(collecting().handle);
    follower.start();
    await stores.append('other-1', counted());
    await follower.caughtUp();
    expect(follower.position).toBe(await stores.events.head());
  });

  it('has been reached at once where it has been passed', async () => {
    const [first] = await appendMany(2);
    const follower = follow(collecting().handle);
    follower.start();
    await follower.caughtUp();
    expect(await follower.reached(first ?? START, 0)).toBe(true);
  });

  it('that is waited for may be of an event yet to come', async () => {
    const follower = follow(collecting().handle);
    follower.start();
    const reached = follower.reached(3);
    await appendMany(3);
    expect(await reached).toBe(true);
  });
});

describe('a follower that is stopped', () => {
  it('finishes the batch in hand, begins no other, and goes on from there when it is started again', async () => {
    const positions = await appendMany(600);
    const [entered, leave] = [gate(), gate()];
    const { seen, handle } = collecting(() => {
      entered.open();
      return leave.opened;
    });
    const follower = follow(handle);
    follower.start();
    await entered.opened;
    let stopped = false;
    const stopping = follower.stop().then(() => (stopped = true));
    await turn();
    expect(stopped).toBe(false);
    leave.open();
    await stopping;
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.length).toBeLessThan(600);
    follower.start();
    await follower.caughtUp();
    expect(seen).toEqual(positions);
  });

  it('does not leave anyone waiting', async () => {
    const follower = follow(collecting().handle);
    follower.start();
    const waiting = follower.reached(1_000);
    await follower.stop();
    expect(await waiting).toBe(false);
    expect(await follower.reached(1_000)).toBe(false);
  });

  it('does not wait out the pause after a failure', async () => {
    await appendMany(1);
    const failed = gate();
    let failures = 0;
    const follower = follow(async () => {
      // The next pause is 200 ms.
      if (++failures === 3) failed.open();
      throw new Error('broken');
    });
    follower.start();
    await failed.opened;
    const before = performance.now();
    await follower.stop();
    expect(performance.now() - before).toBeLessThan(150);
    expect(failures).toBe(3);
  });
});

it('a follower that has much to catch up with lets others have their turn', async () => {
  await appendMany(5_000);
  let turns = 0;
  const follower = follow(async () => {
    for (const began = performance.now(); performance.now() - began < 12;);
  });
  follower.start();
  const caughtUp = follower.caughtUp().then(() => true);
  while (!(await Promise.race([caughtUp, turn(false)]))) turns++;
  expect(turns).toBeGreaterThanOrEqual(9);
});

it('a follower whose store has been closed waits, and lets the process do other things', async () => {
  const follower = follow(collecting().handle);
  follower.start();
  await stores.events.close();
  await turn();
  expect(follower.failure).toBeDefined();
  await follower.stop();
});
