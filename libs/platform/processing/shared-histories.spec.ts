import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { START } from '../kernel/index.ts';
import { counted } from './testing/counters.ts';
import { everything, SharedProcess } from './testing/shared-process.ts';
import { Stores } from './testing/stores.ts';

type Step =
  | { readonly do: 'append'; readonly names: readonly string[] }
  /** The owner gives back, and another process takes over when it has; or it has lost what it owned, and another has it already. */
  | { readonly do: 'give back' | 'lose' }
  | { readonly do: 'fail'; readonly process: number; readonly commits: number }
  /** It is stopped, and started again; or another takes its place. */
  | { readonly do: 'restart' | 'replace'; readonly process: number }
  | { readonly do: 'wait'; readonly turns: number };

const process = fc.nat(1);
const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('append' as const),
        names: fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 5 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('give back' as const, 'lose' as const) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('fail' as const), process, commits: fc.nat(2) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('restart' as const, 'replace' as const), process }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), turns: fc.nat(30) }) },
  ),
  { minLength: 5, maxLength: 40 },
) satisfies fc.Arbitrary<Step[]>;

/** Two processes on the same stores, of which one at a time owns what is projected. */
class World {
  readonly processes: SharedProcess[] = [];
  readonly expected: Record<string, number> = {};
  #moving: Promise<void> = Promise.resolve();
  #reading: Promise<unknown>[] = [];
  /** Gains nothing more. */
  #stopping: SharedProcess | undefined;

  private constructor(private readonly stores: Stores) {}

  static async on(stores: Stores): Promise<World> {
    const world = new World(stores);
    for (const index of [0, 1]) await world.#begin(index);
    world.processes[0]?.ownership.gain();
    return world;
  }

  async take(step: Step): Promise<void> {
    if (step.do === 'append') await this.#append(step.names);
    if (step.do === 'give back') this.#moving = this.#moving.then(() => this.#giveBack());
    if (step.do === 'lose') this.#lose();
    if (step.do === 'fail') this.#process(step.process).failing = step.commits;
    if (step.do === 'restart') await this.#restart(step.process);
    if (step.do === 'replace') {
      await this.#stop(step.process);
      await this.#begin(step.process);
      this.#somebody(1 - step.process);
    }
    if (step.do === 'wait') for (let n = 0; n < step.turns; n++) await turn();
  }

  async rest(): Promise<void> {
    await this.#moving;
    this.#somebody(0);
    for (const each of this.processes) each.failing = 0;
    expect(await Promise.all(this.processes.map(({ runner }) => runner.caughtUp()))).toEqual([true, true]);
    await Promise.all(this.#reading);
  }

  #process(index: number): SharedProcess {
    const found = this.processes[index];
    if (!found) throw new Error('There are two.');
    return found;
  }

  get #owner(): number {
    return this.processes.findIndex(({ ownership }) => ownership.holds('counters'));
  }

  async #append(names: readonly string[]): Promise<void> {
    for (const name of names) this.expected[name] = (this.expected[name] ?? 0) + 1;
    await this.stores.append('counter-1', ...names.map((name) => counted(name)));
  }

  async #begin(index: number): Promise<void> {
    const begun = await SharedProcess.of(this.stores);
    this.processes[index] = begun;
    await begun.start();
    this.#reading.push(begun.listen());
  }

  async #restart(index: number): Promise<void> {
    const restarted = await this.#stop(index);
    this.#somebody(1 - index);
    await restarted.start();
    this.#reading.push(restarted.read());
  }

  async #stop(index: number): Promise<SharedProcess> {
    const process = this.#process(index);
    this.#stopping = process;
    await process.stop();
    this.#stopping = undefined;
    return process;
  }

  async #giveBack(): Promise<void> {
    const from = this.#owner;
    if (from < 0) return;
    await this.#process(from).ownership.giveBack();
    this.#somebody(1 - from);
  }

  #lose(): void {
    const from = this.#owner;
    if (from < 0) return;
    this.#process(from).ownership.lose();
    this.#somebody(1 - from);
  }

  /** The first of the two that can, if neither owns what is projected. */
  #somebody(first: number): void {
    const able = [first, 1 - first].find((index) => {
      const process = this.processes[index];
      return process?.ownership.isStarted && process !== this.#stopping;
    });
    if (able !== undefined && this.#owner < 0) this.#process(able).ownership.gain();
  }
}

it('whoever owns it, whatever fails and whenever it passes on, the documents are the fold, and listeners know them', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const stores = await Stores.open();
      try {
        const world = await World.on(stores);
        for (const step of taken) await world.take(step);
        await world.rest();
        const expected = Object.entries(world.expected).sort();
        for (const { runner, known, told } of world.processes) {
          const documents = await everything(runner.documents);
          expect(documents.map(({ id, document }) => [id, document.count]).sort()).toEqual(expected);
          // Where something is told again, that is said before.
          expect(told.filter(({ earliest }, n) => earliest <= (told[n - 1]?.position ?? START))).toEqual([]);
          expect([...known].map(([id, { document }]) => [id, document.count]).sort()).toEqual(expected);
        }
      } finally {
        await stores.dispose();
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);
