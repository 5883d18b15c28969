import type { EventStore } from '../event-store/index.ts';
import type { Clock, Instant, Projection } from '../kernel/index.ts';
import type { Ownership, Ownerships } from '../leases/index.ts';
import type { Collection, Stored } from '../read-model/index.ts';
import { Backoff, type Logger } from '../runtime/index.ts';
import { DueErrands } from './due-errands.ts';
import { OwnedTasks, TASK_LEASE_MS } from './owned-tasks.ts';
import type { Projections } from './projections.ts';

/** `dueAt`: when it is due next, null once it is over. The projection declares it as a field. */
export type Errand = { readonly dueAt: Instant | null };

export type ErrandsOptions = {
  /** Of the ownerships; names the errands in the log. */
  readonly group: string;
  readonly projection: Pick<Projection, 'name'>;
  /**
   * Brings one errand a step further, and records that. Resolves with when it is due next, null for never.
   * @throws when it is stopped before it has come to anything.
   */
  readonly run: (id: string, stopping: AbortSignal) => Promise<Instant | null>;
  readonly store: Pick<EventStore, 'head'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly projections: Projections;
  readonly ownerships: Ownerships;
};

const RUNNING = 'sending';

/**
 * In one process at a time, runs what is owed as it becomes due, the longest due first. One is recorded before the next is begun: of a
 * process that is killed, no more than one errand is run twice.
 */
export class Errands {
  readonly #due = new DueErrands();
  readonly #idlers: (() => void)[] = [];
  readonly #ownership: Ownership;
  readonly #task: OwnedTasks;
  #running: Promise<void> | undefined;
  #subscribed = false;
  /** All that is owed is known. */
  #begun = false;
  #stopping = new AbortController();
  #cancelTimer = () => {};

  constructor(private readonly options: ErrandsOptions) {
    const { ownerships, group, logger } = options;
    this.#ownership = ownerships(group, TASK_LEASE_MS);
    const end = () => this.#end();
    const task = { start: () => this.#begin(), watch: end, giveUp: () => this.#stopping.abort(), stop: end };
    this.#task = new OwnedTasks(this.#ownership, logger, () => task);
  }

  start(): Promise<void> {
    return this.#task.start([RUNNING]);
  }

  /** Resolves when nothing more is run, and what was run is recorded. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#task.stop();
  }

  /** For every now and then: a timer does not ring in time on a machine that slept, or whose clock was set meanwhile. */
  wake(): void {
    this.#goOn();
  }

  /** Resolves when nothing is being run, and whatever else is owed waits for the clock. */
  async idle(): Promise<void> {
    if (this.#running) await new Promise<void>((resolve) => this.#idlers.push(resolve));
  }

  /** @throws while another process may be running them. */
  mayBegin(): void {
    if (!this.#ownership.isSafeFor(RUNNING, 0)) throw new Error(`Another process may have the ${this.options.group}.`);
  }

  async #begin(): Promise<void> {
    this.#stopping = new AbortController();
    this.#due.clear();
    const { signal } = this.#stopping;
    const { projections, projection, store } = this.options;
    const own = await projections.runner(projection as Projection<Errand>);
    if (!this.#subscribed) own.onFolded((changed) => this.#look(changed));
    this.#subscribed = true;
    // Only what is read after it was reached, by those who listen already, leaves nothing between what is read and what is told.
    const stopped = new Promise<boolean>((resolve) => signal.addEventListener('abort', () => resolve(false)));
    const caughtUp = await Promise.race([stopped, own.reached(await store.head())]);
    if (signal.aborted) return;
    if (!caughtUp) throw new Error('The documents are not followed any more.');
    await this.#readOwed(own.documents, signal);
    if (signal.aborted) return;
    this.#begun = true;
    this.#goOn();
  }

  async #readOwed(documents: Collection<Errand>, signal: AbortSignal): Promise<void> {
    const query = { where: [{ field: 'dueAt', exists: true }], sort: { field: 'dueAt', direction: 'asc' } } as const;
    for (let cursor: string | null | undefined; cursor !== null && !signal.aborted;) {
      const page = await documents.find({ ...query, cursor });
      this.#look(page.items);
      cursor = page.nextCursor;
    }
  }

  async #end(): Promise<void> {
    this.#stopping.abort();
    this.#begun = false;
    await this.#running;
    this.#due.clear();
    this.#goOn();
  }

  #look(changed: readonly Stored<Errand>[]): void {
    if (this.#stopping.signal.aborted) return;
    for (const { id, document } of changed) this.#due.set(id, document.dueAt);
    this.#goOn();
  }

  /** Runs what is due, or waits for what will be. */
  #goOn(): void {
    if (this.#running) return;
    const { clock } = this.options;
    this.#cancelTimer();
    if (this.#begun) {
      const now = clock.now();
      const id = this.#due.take(now);
      if (id !== undefined) {
        this.#running = this.#run(id);
        return;
      }
      const next = this.#due.nextAfter(now);
      if (next !== undefined) this.#cancelTimer = clock.at(next, () => this.#goOn());
    }
    for (const resolve of this.#idlers.splice(0)) resolve();
  }

  async #run(id: string): Promise<void> {
    const { signal } = this.#stopping;
    try {
      const dueAt = await this.options.run(id, signal);
      if (!signal.aborted) this.#due.set(id, dueAt);
    } catch {
      // It was stopped: it is owed as before.
    }
    this.#running = undefined;
    this.#goOn();
  }
}

/**
 * Repeats a step of an errand until it succeeds. Once more even after a stop: it may be what was done that is yet to be recorded.
 * @throws what the last try threw, once it is stopped. `logged` is what the log has of the errand.
 */
export async function insist<T>(
  step: () => Promise<T>,
  stopping: AbortSignal,
  logger: Logger,
  logged: object,
): Promise<T> {
  for (const backoff = new Backoff(); ;) {
    try {
      return await step();
    } catch (error) {
      if (stopping.aborted) throw error;
      logger.error({ err: error, ...logged }, 'errand interrupted, will go on');
      await backoff.wait(stopping).catch(() => undefined);
    }
  }
}
