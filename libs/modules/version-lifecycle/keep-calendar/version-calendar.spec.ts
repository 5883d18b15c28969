import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StoreUnavailable, type EventStore } from '../../../platform/event-store/index.ts';
import { ScriptedOwnership } from '../../../platform/leases/testing/scripted-ownership.ts';
import { gate, Stores } from '../../../platform/processing/testing/stores.ts';
import { CalendarRig } from './testing/calendar-rig.ts';

let stores: Stores;
let rig: CalendarRig;
beforeEach(async () => {
  stores = await Stores.open();
  rig = new CalendarRig(stores);
});
afterEach(() => stores.dispose());

const asked = (): { count: number } => {
  const calls = { count: 0 };
  rig.asked = () => void calls.count++;
  return calls;
};

describe('the calendar of a superseded version', () => {
  it('is kept to the minute', async () => {
    await rig.release('v1', null);
    await rig.start();
    await rig.release('v2', 'v1');
    expect(await rig.reached()).toEqual(['2027-01-31T10:00 v1 announcement']);
    for (const [before, at] of [
      ['2027-06-30T09:59:59.999Z', '2027-06-30T10:00:00Z'],
      ['2027-07-24T09:59:59.999Z', '2027-07-24T10:00:00Z'],
      ['2027-08-01T09:59:59.999Z', '2027-08-01T10:00:00Z'],
    ] as const) {
      const known = await rig.reached();
      await rig.moveTo(before);
      expect(await rig.reached()).toEqual(known);
      await rig.moveTo(at);
    }
    expect((await rig.reached()).slice(1)).toEqual([
      '2027-06-30T10:00 v1 reminder',
      '2027-07-24T10:00 v1 popup',
      '2027-08-01T10:00 v1 expired',
    ]);
  });

  it('is asked for nothing but what is due', async () => {
    await rig.release('v1', null);
    const calls = asked();
    await rig.start();
    await rig.release('v2', 'v1');
    await rig.moveTo('2028-01-01T00:00:00Z');
    rig.calendar.wake();
    await rig.moveTo('2029-01-01T00:00:00Z');
    expect(calls.count).toBe(4);
  });

  it('follows a date that is postponed, and ends when its successor is withdrawn', async () => {
    await rig.release('v1', null);
    await rig.start();
    await rig.release('v2', 'v1');
    await rig.moveTo('2027-06-29T00:00:00Z');
    await rig.postpone('v1', '2027-09-30T10:00:00Z');
    await rig.moveTo('2027-08-30T10:00:00Z');
    await rig.withdraw('v2');
    await rig.moveTo('2028-01-01T00:00:00Z');
    expect(await rig.reached()).toEqual([
      '2027-01-31T10:00 v1 announcement',
      '2027-06-29T00:00 v1 announcement',
      '2027-08-30T10:00 v1 reminder',
    ]);
  });
});

describe('a calendar that nobody kept for long', () => {
  beforeEach(async () => {
    await rig.release('v1', null);
    await rig.start();
    await rig.release('v2', 'v1');
    rig.clock.advanceTo(Date.parse('2027-03-01T00:00:00Z'));
    await rig.release('v3', 'v2');
    await rig.stop();
  });

  it('is caught up with once, in the order in which it was due', async () => {
    rig.clock.advanceTo(Date.parse('2027-08-20T00:00:00Z'));
    await rig.start();
    const caughtUp = [
      '2027-01-31T10:00 v1 announcement',
      '2027-03-01T00:00 v2 announcement',
      '2027-08-20T00:00 v1 reminder overtaken',
      '2027-08-20T00:00 v1 popup overtaken',
      '2027-08-20T00:00 v2 reminder',
      '2027-08-20T00:00 v1 expired',
    ];
    expect(await rig.reached()).toEqual(caughtUp);
    await rig.stop();
    await rig.start();
    expect(await rig.reached()).toEqual(caughtUp);
    await rig.moveTo('2027-08-25T00:00:00Z');
    expect(await rig.reached()).toEqual([...caughtUp, '2027-08-25T00:00 v2 popup']);
  });

  it('is in the order of the dates, whichever version was released first', async () => {
    await rig.postpone('v1', '2027-09-15T00:00:00Z');
    rig.clock.advanceTo(Date.parse('2027-12-01T00:00:00Z'));
    await rig.start();
    const order = (await rig.reached()).slice(2).map((line) => line.slice(17));
    expect(order).toEqual([
      'v1 announcement overtaken',
      'v2 reminder overtaken',
      'v1 reminder overtaken',
      'v2 popup overtaken',
      'v2 expired',
      'v1 popup overtaken',
      'v1 expired',
    ]);
  });
});

describe('a calendar whose timers do not ring', () => {
  it('is woken all the same', async () => {
    await rig.release('v1', null);
    await rig.start({ clock: { now: rig.clock.now, at: () => () => undefined } });
    await rig.release('v2', 'v1');
    await rig.moveTo('2027-06-30T10:00:00Z');
    expect(await rig.reached()).toHaveLength(1);
    rig.calendar.wake();
    await rig.settled();
    expect((await rig.reached()).at(-1)).toBe('2027-06-30T10:00 v1 reminder');
  });
});

describe('a milestone that cannot be recorded', () => {
  it('is tried again, with pauses, until it can', async () => {
    await rig.release('v1', null);
    await rig.release('v2', 'v1');
    const tries: number[] = [];
    rig.asked = () => {
      tries.push(performance.now());
      if (tries.length < 3) throw new StoreUnavailable('away');
    };
    await rig.start();
    expect(await rig.reached()).toEqual(['2027-01-31T10:00 v1 announcement']);
    const [first = 0, second = 0, third = 0] = tries;
    expect(tries).toHaveLength(3);
    expect(second - first).toBeGreaterThanOrEqual(49);
    expect(third - second).toBeGreaterThanOrEqual(99);
  });

  it('does not keep the calendar from being stopped', async () => {
    await rig.release('v1', null);
    await rig.release('v2', 'v1');
    const failed = gate();
    rig.asked = () => {
      failed.open();
      throw new StoreUnavailable('away');
    };
    await rig.open();
    await rig.calendar.start();
    await failed.opened;
    await rig.calendar.stop();
    await rig.calendar.idle();
    expect(await rig.reached()).toEqual([]);
  });
});

/** The store, whose followers get nothing before what they wait for. */
const heldBy = (store: EventStore, waits: () => Promise<void> | undefined): EventStore => ({
  waiting: 0,
  stride: store.stride,
  failure: undefined,
  append: (request) => store.append(request),
  readStream: (stream, options) => store.readStream(stream, options),
  readAll: (options) => store.readAll(options),
  head: () => store.head(),
  end: () => store.end(),
  close: () => store.close(),
  follow: (options) => {
    const feed = store.follow(options);
    const next = async () => {
      const batch = await feed.next();
      await waits();
      return batch;
    };
    return { next, close: () => feed.close() };
  },
});

describe('a calendar that is behind the store', () => {
  it('does nothing before it has caught up', async () => {
    await rig.release('v1', null);
    await rig.release('v2', 'v1');
    const caughtUp = gate();
    const followed = heldBy(stores.events, () => (rig.isBehind ? caughtUp.opened : undefined));
    await rig.open({ followed });
    rig.isBehind = true;
    await rig.postpone('v1', '2027-09-30T10:00:00Z');
    const calls = asked();
    const starting = rig.calendar.start();
    for (let i = 0; i < 20; i++) await turn();
    expect(calls.count).toBe(0);
    caughtUp.open();
    await starting;
    await rig.settled();
    expect(await rig.reached()).toHaveLength(1);
  });
});

describe('of several processes', () => {
  it('the one that it falls to keeps the calendar', async () => {
    await rig.release('v1', null);
    await rig.release('v2', 'v1');
    const ownership = new ScriptedOwnership();
    const calls = asked();
    await rig.open({ ownerships: () => ownership });
    await rig.calendar.start();
    await rig.settled();
    expect(calls.count).toBe(0);
    const reached = gate();
    rig.asked = reached.open;
    ownership.gain();
    await reached.opened;
    await rig.settled();
    expect(await rig.reached()).toEqual(['2027-01-31T10:00 v1 announcement']);
    await ownership.giveBack();
    rig.asked = () => void calls.count++;
    await rig.moveTo('2027-06-30T10:00:00Z');
    expect(calls.count).toBe(0);
  });
});
