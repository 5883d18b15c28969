import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { Share } from './share.ts';
import { MemoryLeases } from './testing/memory-leases.ts';
import { SimulatedGroup } from './testing/simulated-group.ts';
import { LASTS_MS } from './testing/simulated-process.ts';

const NAMES = ['a', 'b', 'c', 'd'];

async function group(processes: number, seed = 1) {
  const made = new SimulatedGroup(NAMES, seed);
  made.givingBackMs = () => 100;
  const joined = Array.from({ length: processes }, () => made.join());
  await made.run(10_000);
  for (const process of joined) process.log = [];
  return { made, joined, first: joined[0]!, second: joined[1]! };
}

describe('a share', () => {
  it('is gained at once by a process that is alone', async () => {
    const made = new SimulatedGroup(NAMES, 1);
    const process = made.join();
    expect(NAMES.some((name) => process.holds(name) || process.isSafe(name))).toBe(false);
    await made.run(4 * 600);
    expect(process.log.map(({ what, names }) => [what, [...names].sort()])).toEqual([['gained', NAMES]]);
    expect(NAMES.every((name) => process.holds(name))).toBe(true);
    expect(process.holds('e')).toBe(false);
  });

  it('is safe for what ends before the lease could, and for nothing longer', async () => {
    const { made, first } = await group(1);
    first.pause(60_000);
    await made.run(0);
    expect(first.isSafe('a', 1_000)).toBe(true);
    expect(first.isSafe('a', LASTS_MS)).toBe(false);
    await made.run(LASTS_MS / 2);
    expect([first.isSafe('a'), first.isSafe('a', LASTS_MS / 2)]).toEqual([true, false]);
  });

  it('is no longer safe when a paused process wakes, before it has heard of anything', async () => {
    const { made, first } = await group(1);
    first.pause(60_000);
    await made.run(2 * LASTS_MS);
    expect(NAMES.some((name) => first.holds(name) || first.isSafe(name))).toBe(false);
    expect(first.log).toEqual([]);
    await made.run(60_000);
    expect(first.log.map(({ what }) => what)).toEqual(['lost', 'gained']);
    expect(NAMES.every((name) => first.holds(name))).toBe(true);
  });

  it('is kept while the store is away for less than a lease', async () => {
    const { made, joined } = await group(2);
    for (const process of joined) process.connection = 'away';
    await made.run(1_500);
    for (const process of joined) process.connection = 'well';
    await made.run(10_000);
    expect(joined.map(({ log }) => log)).toEqual([[], []]);
  });

  it('goes to the others while a process cannot work, and is gained anew when it can', async () => {
    const { made, first, second } = await group(2);
    first.canWork = false;
    await made.run(2 * LASTS_MS);
    expect([first.worksOn.size, second.worksOn.size]).toEqual([0, NAMES.length]);
    first.canWork = true;
    await made.run(10_000);
    expect([first.worksOn.size, second.worksOn.size]).toEqual([2, 2]);
  });

  it('is lost when the store is away for longer, and gained anew when it is back', async () => {
    const { made, joined } = await group(2);
    for (const process of joined) process.connection = 'away';
    await made.run(LASTS_MS);
    for (const { log } of joined) expect(log.map(({ what, names }) => [what, names.length])).toEqual([['lost', 2]]);
    await made.run(60_000);
    for (const process of joined) process.connection = 'well';
    await made.run(10_000);
    expect(joined.map(({ worksOn }) => worksOn.size)).toEqual([2, 2]);
  });

  it('is lost, name by name, when the store no longer lists it', async () => {
    const { made, first } = await group(1);
    await made.leases.release(first.owner, ['g/b']);
    await made.leases.take('somebody', ['g/b'], 60_000);
    await made.run(2_000);
    expect(first.log).toEqual([{ what: 'lost', names: ['b'] }]);
    expect([first.isSafe('b'), first.isSafe('a')]).toEqual([false, true]);
  });

  it('stays leased until giving back is over, however long that takes', async () => {
    const { made, first } = await group(1);
    made.givingBackMs = () => 4 * LASTS_MS;
    const newcomer = made.join();
    await made.run(3 * LASTS_MS);
    const [move] = first.log;
    expect(first.log).toEqual([{ what: 'give back', names: [expect.anything(), expect.anything()] }]);
    for (const name of move?.names ?? []) expect([first.holds(name), first.isSafe(name)]).toEqual([false, true]);
    expect(newcomer.log).toEqual([]);
    await made.run(2 * LASTS_MS);
    expect([...newcomer.worksOn].sort()).toEqual(move?.names);
  });

  it('is left to run out when giving it back failed', async () => {
    const { made, first } = await group(1);
    made.failing = 1;
    const newcomer = made.join();
    await made.run(2_500);
    const [move] = first.log;
    for (const name of move?.names ?? []) expect([first.holds(name), first.isSafe(name)]).toEqual([false, true]);
    await made.run(2 * LASTS_MS);
    expect(first.log.map(({ what }) => what)).toEqual(['give back', 'lost']);
    expect([...newcomer.worksOn].sort()).toEqual(move?.names);
  });

  it('is not gained again before giving it back is over, even if it was lost meanwhile', async () => {
    const { made, first } = await group(1);
    made.givingBackMs = () => 4 * LASTS_MS;
    const newcomer = made.join();
    await made.run(LASTS_MS / 2);
    newcomer.crash();
    first.connection = 'away';
    await made.run(LASTS_MS);
    first.connection = 'well';
    await made.run(2 * LASTS_MS);
    expect(first.log.map(({ what, names }) => [what, names.length])).toEqual([
      ['give back', 2],
      ['lost', 4],
      ['gained', 2],
    ]);
    await made.run(2 * LASTS_MS);
    expect(first.log.slice(3).map(({ what, names }) => [what, names.length])).toEqual([['gained', 2]]);
    expect(first.faults).toEqual([]);
  });

  describe.each([
    ['just renewed', 100],
    ['about to run out', 3_000],
  ])('that was released without an answer when %s', (_, givingBackMs) => {
    it.each([1, 2, 3, 4, 5, 6, 7, 8])('is not ended by a late release once it is taken again (%d)', async (seed) => {
      const { made, first } = await group(1, seed);
      made.givingBackMs = () => givingBackMs;
      const newcomer = made.join();
      while (first.log.length === 0) await made.run(10);
      newcomer.leave();
      first.connection = 'mute';
      await made.run(givingBackMs + 400);
      first.connection = 'well';
      await made.run(4 * LASTS_MS, () => expect(made.mistakes()).toEqual([]));
      expect(first.worksOn.size).toBe(4);
    });
  });

  it('is free at once for others when its process leaves', async () => {
    const { made, first, second } = await group(2);
    first.leave();
    expect(NAMES.some((name) => first.holds(name))).toBe(false);
    await made.run(LASTS_MS / 2);
    expect([...made.processes]).toEqual([second]);
    expect(second.worksOn.size).toBe(4);
    expect(await made.leases.held('g/member/')).toHaveLength(1);
  });

  it('is taken over within the lease and a moment when its process dies', async () => {
    const { made, first, second } = await group(2);
    first.crash();
    await made.run(LASTS_MS + 3_000);
    expect(second.worksOn.size).toBe(4);
  });

  it('does not grow while its process leaves', async () => {
    const { made, first, second } = await group(2);
    made.givingBackMs = () => 4 * LASTS_MS;
    first.leave();
    second.crash();
    await made.run(3 * LASTS_MS);
    const its = [...first.worksOn].sort();
    expect((await made.leases.held('g/')).map(({ name }) => name).sort()).toEqual(
      [...its, `member/${first.owner}`].map((name) => `g/${name}`),
    );
  });

  it('is left to run out when its process leaves without having given it back', async () => {
    const { made, first } = await group(1);
    made.failing = 1;
    first.leave();
    await made.run(2_000);
    expect([...made.processes]).toEqual([]);
    expect((await made.leases.held('g/')).map(({ name }) => name)).toEqual(NAMES.map((name) => `g/${name}`));
  });

  it('is another owner’s when its process stops and starts again', async () => {
    const leases = new MemoryLeases(() => 0);
    const timer = { now: () => 0, every: () => () => {} };
    const share = new Share({
      leases,
      group: 'g',
      owner: 'P',
      lastsMs: LASTS_MS,
      logger: pino({ level: 'silent' }),
      timer,
    });
    const handlers = { gained: () => {}, giveBack: async () => {}, lost: () => {} };
    await share.stop();
    for (const owner of ['P/1', 'P/2']) {
      share.start(['a'], handlers);
      expect(() => share.start(['a'], handlers)).toThrow('Started already.');
      while (!share.holds('a')) await turn();
      expect(leases.ownerOf('g/a')).toBe(owner);
      await Promise.all([share.stop(), share.stop()]);
      expect([share.holds('a'), share.isSafeFor('a', 0), await leases.held('')]).toEqual([false, false, []]);
    }
  });

  describe('of which the store has an answer on its way', () => {
    async function answering() {
      const made = new SimulatedGroup(NAMES, 1);
      const process = made.join();
      while ((await made.leases.held('g/a')).length === 0) await made.run(10);
      expect(process.log).toEqual([]);
      return { made, process };
    }

    it('is not gained when the answer comes too late', async () => {
      const { made, process } = await answering();
      process.pause(3 * LASTS_MS);
      const other = made.join();
      await made.run(2 * LASTS_MS);
      expect(other.worksOn.size).toBe(4);
      await made.run(LASTS_MS + 1, () => expect(made.mistakes()).toEqual([]));
      expect(process.log).toEqual([]);
    });

    it('is relied on only from before it was asked for', async () => {
      const { made, process } = await answering();
      process.pause(LASTS_MS - 1_000);
      while (process.worksOn.size === 0) await made.run(10);
      process.connection = 'away';
      await made.run(LASTS_MS, () => expect(made.mistakes()).toEqual([]));
    });

    it('is not gained by a process that is leaving, and is free when it has left', async () => {
      const { made, process } = await answering();
      process.leave();
      await made.run(2_000);
      expect(process.log).toEqual([]);
      expect([...made.processes]).toEqual([]);
      expect(await made.leases.held('g/')).toEqual([]);
    });
  });
});
