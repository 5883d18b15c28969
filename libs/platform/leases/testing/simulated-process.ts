import { pino } from 'pino';
import { Share } from '../share.ts';
import type { MemoryLeases } from './memory-leases.ts';

export const LASTS_MS = 5_000;

export type Move = { readonly what: 'gained' | 'give back' | 'lost'; readonly names: readonly string[] };

/** What a process has of the store: `away` carries nothing out; `mute` does, maybe late, and does not answer. */
export type Connection = 'well' | 'away' | 'mute';

export type World = {
  readonly names: readonly string[];
  readonly leases: MemoryLeases;
  readonly now: number;
  readonly processes: Set<SimulatedProcess>;
  /** How often giving back fails, of 1. */
  readonly failing: number;
  readonly givingBackMs: () => number;
  /** From 0 to below `bound`. */
  random(bound: number): number;
  later(ms: number, run: () => void): void;
  /** On its way to the store and back. */
  call<T>(process: SimulatedProcess, work: () => Promise<T>): Promise<T>;
};

/** A process whose clock goes a little wrong, that can be paused, and takes its time to give back. */
export class SimulatedProcess {
  /** Of the leases. */
  readonly owner: string;
  readonly worksOn = new Set<string>();
  /** What came and went. */
  log: Move[] = [];
  readonly faults: string[] = [];
  connection: Connection = 'well';
  canWork = true;
  isLeaving = false;
  #isPaused = false;
  #failed = false;
  readonly #inbox: (() => void)[] = [];
  readonly #share: Share;
  readonly #rate: number;

  constructor(
    private readonly world: World,
    name: string,
  ) {
    this.owner = `${name}/1`;
    this.#rate = 0.99 + world.random(0.02);
    const { leases } = world;
    this.#share = new Share({
      group: 'g',
      owner: name,
      lastsMs: LASTS_MS,
      logger: pino({ level: 'silent' }),
      leases: {
        take: (...of) => world.call(this, () => leases.take(...of)),
        renew: (...of) => world.call(this, () => leases.renew(...of)),
        release: (...of) => world.call(this, () => leases.release(...of)),
        held: (...of) => world.call(this, () => leases.held(...of)),
      },
      canWork: () => this.canWork,
      timer: { now: () => world.now * this.#rate, every: (ms, tick) => this.#every(ms, tick) },
    });
  }

  start(): void {
    this.#share.start(this.world.names, {
      gained: (names) => this.#gain(names),
      giveBack: (names) => this.#giveBack(names),
      lost: (names) => this.#lose(names),
    });
  }

  leave(): void {
    if (this.isLeaving) return;
    this.isLeaving = true;
    void this.#share.stop().then(() => {
      if (!this.#failed && this.worksOn.size > 0) this.faults.push('left with work to do');
      this.world.processes.delete(this);
    });
  }

  /** Nothing of it is heard again. */
  crash(): void {
    this.#isPaused = true;
    this.world.processes.delete(this);
  }

  pause(ms: number): void {
    if (this.#isPaused) return;
    this.#isPaused = true;
    this.world.later(ms, () => this.#wake());
  }

  isSafe(name: string, forMs = 0): boolean {
    return this.#share.isSafeFor(name, forMs);
  }

  holds(name: string): boolean {
    return this.#share.holds(name);
  }

  /** Answers and timers reach a paused process when it wakes. */
  deliver(message: () => void): void {
    if (this.#isPaused) this.#inbox.push(message);
    else message();
  }

  #wake(): void {
    if (!this.world.processes.has(this)) return;
    this.#isPaused = false;
    for (const message of this.#inbox.splice(0)) this.world.later(0, () => this.deliver(message));
  }

  #every(ms: number, tick: () => void): () => void {
    let isOver = false;
    const next = () => {
      this.world.later(ms / this.#rate, () =>
        this.deliver(() => {
          if (isOver) return;
          tick();
          next();
        }),
      );
    };
    next();
    return () => (isOver = true);
  }

  #gain(names: readonly string[]): void {
    this.log.push({ what: 'gained', names });
    for (const name of names) {
      if (this.worksOn.has(name)) this.faults.push(`gained ${name} twice`);
      if (this.isLeaving) this.faults.push(`gained ${name} while leaving`);
      if (!this.holds(name)) this.faults.push(`gained ${name} without holding it`);
      this.worksOn.add(name);
    }
  }

  #giveBack(names: readonly string[]): Promise<void> {
    this.log.push({ what: 'give back', names });
    for (const name of names) if (this.holds(name)) this.faults.push(`holds ${name}, which it is to give back`);
    const fails = this.world.random(1) < this.world.failing;
    return new Promise((resolve, reject) => {
      this.world.later(this.world.givingBackMs(), () =>
        this.deliver(() => {
          this.#failed ||= fails;
          if (fails) return reject(new Error('not given back'));
          for (const name of names) this.worksOn.delete(name);
          resolve();
        }),
      );
    });
  }

  #lose(names: readonly string[]): void {
    this.log.push({ what: 'lost', names });
    for (const name of names) {
      if (!this.worksOn.delete(name)) this.faults.push(`lost ${name}, which it did not work on`);
      if (this.isSafe(name)) this.faults.push(`lost ${name}, and still holds it`);
    }
  }
}
