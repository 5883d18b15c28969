import { setImmediate as turn } from 'node:timers/promises';
import { MemoryLeases } from './memory-leases.ts';
import { SimulatedProcess, type World } from './simulated-process.ts';

/** How long a call waits for its answer. */
const PATIENCE_MS = 2_000;

/** Processes that share names through one store, in a time that passes only when the simulation is run. */
export class SimulatedGroup implements World {
  now = 0;
  failing = 0;
  givingBackMs = () => this.random(7_000);
  readonly leases = new MemoryLeases(() => Math.floor(this.now));
  readonly processes = new Set<SimulatedProcess>();
  readonly #queue: { at: number; run: () => void }[] = [];
  #joined = 0;
  #seed: number;

  constructor(
    readonly names: readonly string[],
    seed: number,
  ) {
    this.#seed = seed;
  }

  /** The same in every run with the same seed. */
  random(bound: number): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0;
    return (this.#seed / 2 ** 32) * bound;
  }

  later(ms: number, run: () => void): void {
    this.#queue.push({ at: this.now + ms, run });
  }

  join(): SimulatedProcess {
    const process = new SimulatedProcess(this, `P${this.#joined++}`);
    this.processes.add(process);
    process.start();
    return process;
  }

  async call<T>(process: SimulatedProcess, work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const fail = () => process.deliver(() => reject(new Error('The store does not answer.')));
      this.later(this.random(300), () => {
        const { connection } = process;
        if (connection !== 'well') this.later(PATIENCE_MS, fail);
        if (connection === 'mute') this.later(this.random(2 * PATIENCE_MS), () => void work());
        if (connection === 'well') {
          const answer = work();
          this.later(this.random(300), () => process.deliver(() => resolve(answer)));
        }
      });
    });
  }

  /** Lets time pass; `check` looks at every instant at which anything happens. */
  async run(ms: number, check = () => {}): Promise<void> {
    const end = this.now + ms;
    for (;;) {
      const next = this.#queue.reduce((a, b) => (b.at < a.at ? b : a), { at: end, run: () => {} });
      this.now = next.at;
      check();
      if (next.at >= end) return;
      this.#queue.splice(this.#queue.indexOf(next), 1);
      next.run();
      await turn();
      check();
    }
  }

  /** Names that a process believes to hold, and does not. */
  mistakes(): string[] {
    return [...this.processes].flatMap((process) =>
      this.names.filter((name) => process.isSafe(name) && this.leases.ownerOf(`g/${name}`) !== process.owner),
    );
  }
}
