import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Batch, EventStore, Feed } from '../event-store/index.ts';
import type { Position } from '../kernel/index.ts';
import { Backoff, type Logger } from '../runtime/index.ts';
import { Progress, type Following } from './progress.ts';

export type FollowerOptions = {
  readonly name: string;
  readonly categories: readonly string[];
  readonly after: Position;
  /** Must have done everything it has to do when it resolves; only then does the position move. */
  readonly handle: (batch: Batch) => Promise<void>;
};

/** A position that moved though nothing changed is stored once it is this far on, so that a restart has little to skip. */
export const IDLE_CHECKPOINT_EVERY = 5_000;

/** Batches of an embedded store come without a wait: after this long, timers and requests get their turn. */
const LONGEST_TURN_MS = 10;

/** Reads `$all` from a position on, one batch at a time, for ever: a batch that fails is tried again after a growing pause. */
export class Follower implements Following {
  readonly #progress: Progress;
  #feed: Feed | undefined;
  #done: Promise<void> = Promise.resolve();
  #stopping = new AbortController();
  failure: unknown;

  constructor(
    private readonly store: EventStore,
    private readonly logger: Logger,
    private readonly options: FollowerOptions,
  ) {
    this.#progress = new Progress(options.after);
  }

  get name(): string {
    return this.options.name;
  }

  get categories(): readonly string[] {
    return this.options.categories;
  }

  get position(): Position {
    return this.#progress.position;
  }

  start(): void {
    if (this.#feed) return;
    this.#progress.goOn();
    this.#stopping = new AbortController();
    this.#done = this.#run(this.#stopping.signal);
  }

  /** Resolves when the batch in hand is done. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#feed?.close();
    await this.#done;
    this.#feed = undefined;
    this.#progress.end();
  }

  reached(position: Position, withinMs?: number): Promise<boolean> {
    return this.#progress.reached(position, withinMs);
  }

  async caughtUp(): Promise<boolean> {
    return this.reached(await this.store.head());
  }

  async #run(stopping: AbortSignal): Promise<void> {
    const backoff = new Backoff();
    let turnBegan = performance.now();
    while (!stopping.aborted) {
      this.#feed = this.store.follow({ after: this.position, categories: this.options.categories });
      try {
        for (let batch = await this.#feed.next(); batch && !stopping.aborted; batch = await this.#feed.next()) {
          await this.options.handle(batch);
          this.failure = undefined;
          backoff.reset();
          this.#progress.moveTo(batch.position);
          if (performance.now() - turnBegan < LONGEST_TURN_MS) continue;
          await nextTurn();
          turnBegan = performance.now();
        }
        if (!stopping.aborted) throw new Error('The event store ended the feed.');
      } catch (error) {
        this.failure = error;
        this.logger.error(
          { err: error, follower: this.options.name, position: this.position },
          'batch failed, will retry',
        );
        await backoff.wait(stopping).catch(() => undefined);
      } finally {
        this.#feed.close();
      }
    }
  }
}
