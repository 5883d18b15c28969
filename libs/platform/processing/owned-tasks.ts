import type { Ownership } from '../leases/index.ts';
import { Backoff, type Logger } from '../runtime/index.ts';

/** What a process that died was doing stands still for so long. A stale owner of these does no harm: it may be short. */
export const TASK_LEASE_MS = 5_000;

/** What one process does while the others watch. */
export type Task = {
  readonly start: () => Promise<void>;
  /** Ends what was started, and follows from afar. */
  readonly watch: () => Promise<void>;
  /** Ends a `start` that is under way, if it might wait for what only an owner can have. */
  readonly giveUp?: () => void;
  readonly stop: () => Promise<void>;
};

/** Starts those tasks that are this process's, as they become so, and watches the rest. */
export class OwnedTasks {
  #names: readonly string[] = [];
  /** By task, the last step that was asked for: each comes after the one before. */
  readonly #turns = new Map<string, Promise<void>>();
  #stopping = new AbortController();

  constructor(
    private readonly ownership: Ownership,
    private readonly logger: Logger,
    private readonly taskOf: (name: string) => Task | undefined,
  ) {}

  /** With a sole owner everything is started, one after the other, when this resolves. */
  async start(names: readonly string[]): Promise<void> {
    this.#names = names;
    this.#stopping = new AbortController();
    const started: Promise<void>[] = [];
    if (this.ownership.shared) await this.#take(names, 'watch');
    this.ownership.start(names, {
      gained: (gained) => void started.push(this.#begin(gained)),
      giveBack: (left) => this.#take(left, 'watch'),
      lost: (left) => {
        for (const name of left) this.taskOf(name)?.giveUp?.();
        void this.#take(left, 'watch');
      },
    });
    if (!this.ownership.shared) await Promise.all(started);
  }

  /** Ends everything before it is given back. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#stopAll();
    await Promise.all(this.#turns.values());
    // One that was just being started may have been so after all.
    await this.#stopAll();
    await this.ownership.stop();
  }

  async #stopAll(): Promise<void> {
    await Promise.all(this.#names.map(async (name) => this.taskOf(name)?.stop()));
  }

  async #begin(names: readonly string[]): Promise<void> {
    if (this.ownership.shared) return this.#take(names, 'start');
    for (const name of names) if (!this.#stopping.signal.aborted) await this.taskOf(name)?.start();
  }

  async #take(names: readonly string[], step: 'start' | 'watch'): Promise<void> {
    await Promise.all(
      names.map((name) => {
        const turn = (this.#turns.get(name) ?? Promise.resolve()).then(() => this.#try(name, step));
        this.#turns.set(name, turn);
        return turn;
      }),
    );
  }

  /** Until it works: other processes wait for it. */
  async #try(name: string, step: 'start' | 'watch'): Promise<void> {
    const { signal } = this.#stopping;
    for (const backoff = new Backoff(); !signal.aborted;) {
      if (step === 'start' && !this.ownership.holds(name)) return;
      try {
        return await this.taskOf(name)?.[step]();
      } catch (error) {
        this.logger.error({ err: error, task: name, step }, 'task not taken over, will retry');
        await backoff.wait(signal).catch(() => undefined);
      }
    }
  }
}
