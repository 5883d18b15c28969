import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SimulatedGroup } from './testing/simulated-group.ts';
import { LASTS_MS, type Connection, type SimulatedProcess } from './testing/simulated-process.ts';

const namesOf = (count: number) => Array.from({ length: count }, (_, n) => `n${n}`);
/** Enough for leases to run out, for the slowest to give back, and for what was given back to be taken. */
const REST_MS = 4 * LASTS_MS + 10_000;

type Step = (group: SimulatedGroup) => void;
const toOne = (step: (process: SimulatedProcess) => void): fc.Arbitrary<Step> =>
  fc.nat(9).map((n) => (group) => {
    const processes = [...group.processes];
    const process = processes[n % processes.length];
    if (process) step(process);
  });
const toAll = (step: (process: SimulatedProcess) => void) =>
  fc.constant<Step>((group) => group.processes.forEach(step));
const upTo5 = fc.constant<Step>((group) => void (group.processes.size < 5 && group.join()));
const connection = fc.constantFrom<Connection>('well', 'away', 'mute');
const step = fc.oneof(
  upTo5,
  toOne((process) => process.leave()),
  toOne((process) => process.crash()),
  fc.nat(15_000).chain((ms) => toOne((process) => process.pause(ms))),
  connection.chain((to) => toOne((process) => (process.connection = to))),
  connection.chain((to) => toAll((process) => (process.connection = to))),
);
const history = fc.array(fc.record({ step, after: fc.nat(8_000) }), { maxLength: 20 });

const held = (group: SimulatedGroup) => [...group.processes].map((p) => group.names.filter((name) => p.holds(name)));
/** The names that came to processes or went from them, since it was asked last. */
const moves = (group: SimulatedGroup) =>
  [...group.processes].flatMap((process) => process.log.splice(0)).flatMap(({ names }) => names);

async function settled(count: number, processes: number, seed: number): Promise<SimulatedGroup> {
  const group = new SimulatedGroup(namesOf(count), seed);
  for (let n = 0; n < processes; n++) group.join();
  await group.run(REST_MS);
  moves(group);
  return group;
}

describe('names that simulated processes share', () => {
  it('are held by those who believe so, whatever happens, and in the end by all alike', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), fc.nat(), history, async (count, seed, steps) => {
        const group = new SimulatedGroup(namesOf(count), seed);
        group.failing = 0.1;
        const seen = new Set([group.join(), group.join()]);
        const check = () => {
          for (const process of group.processes) seen.add(process);
          if (group.mistakes().length > 0) throw new Error(`not held at ${group.now}: ${group.mistakes().join()}`);
        };
        for (const { step: happen, after } of steps) {
          happen(group);
          await group.run(after, check);
        }
        for (const process of group.processes) process.connection = 'well';
        if (group.processes.size === 0) group.join();
        await group.run(15_000 + REST_MS, check);
        const last = [...group.processes].every(({ isLeaving }) => isLeaving) ? group.join() : undefined;
        if (last) await group.run(REST_MS, check);
        expect([...seen].flatMap(({ faults }) => faults)).toEqual([]);
        expect(held(group).flat().sort()).toEqual([...group.names].sort());
        const counts = held(group).map(({ length }) => length);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        moves(group);
        await group.run(20_000, check);
        expect(moves(group)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  const size = fc.integer({ min: 1, max: 30 });
  const processes = fc.integer({ min: 1, max: 5 });

  it('move only to the process that joins, as many as its share is', async () => {
    await fc.assert(
      fc.asyncProperty(size, processes, fc.nat(), async (count, before, seed) => {
        const group = await settled(count, before, seed);
        const newcomer = group.join();
        await group.run(REST_MS);
        expect(newcomer.worksOn.size).toBe(Math.floor(count / (before + 1)));
        expect(moves(group)).toHaveLength(2 * Math.floor(count / (before + 1)));
      }),
      { numRuns: 20 },
    );
  });

  it.each(['leave', 'crash'] as const)('move only from the process that is gone (%s)', async (how) => {
    await fc.assert(
      fc.asyncProperty(size, processes, fc.nat(), async (count, others, seed) => {
        const group = await settled(count, others + 1, seed);
        const [gone] = group.processes;
        const its = held(group)[0]?.sort();
        gone?.[how]();
        await group.run(REST_MS);
        expect(moves(group).sort()).toEqual(its);
      }),
      { numRuns: 20 },
    );
  });
});
