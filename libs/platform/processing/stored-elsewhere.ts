import { setTimeout as delay } from 'node:timers/promises';
import type { Position } from '../kernel/index.ts';
import type { Collection } from '../read-model/index.ts';
import { Backoff } from '../runtime/index.ts';
import { Progress } from './progress.ts';

const EVERY_MS = 20;

/** How far documents are that another process stores. It is asked for only while somebody waits. */
export class StoredElsewhere {
  readonly #progress: Progress;
  #looking = false;
  readonly #stopping = new AbortController();
  /** What went wrong last, until it can be asked for again. */
  failure: unknown;

  constructor(
    private readonly documents: Pick<Collection<object>, 'checkpoint'>,
    after: Position,
    private readonly moved: (position: Position) => void = () => undefined,
  ) {
    this.#progress = new Progress(after, () => this.#begin());
  }

  get position(): Position {
    return this.#progress.position;
  }

  reached(position: Position, withinMs?: number): Promise<boolean> {
    return this.#progress.reached(position, withinMs);
  }

  /** Asks once. */
  async look(): Promise<void> {
    const position = await this.documents.checkpoint();
    if (this.#stopping.signal.aborted) return;
    this.failure = undefined;
    this.#progress.moveTo(position);
    this.moved(position);
  }

  /** Nobody is left waiting. */
  end(): void {
    this.#stopping.abort();
    this.#progress.end();
  }

  #begin(): void {
    if (this.#looking) return;
    this.#looking = true;
    void this.#lookOn().finally(() => (this.#looking = false));
  }

  async #lookOn(): Promise<void> {
    const backoff = new Backoff();
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.look();
        backoff.reset();
        if (!this.#progress.isAwaited) return;
        await delay(EVERY_MS, undefined, { signal });
      } catch (error) {
        if (signal.aborted) return;
        this.failure = error;
        await backoff.wait(signal).catch(() => undefined);
      }
    }
  }
}

/** The same documents to read; to store some means to wait until the process that stores them has got that far. */
export const waitingFor = <Doc extends object>(
  documents: Collection<Doc>,
  elsewhere: StoredElsewhere,
): Collection<Doc> => ({
  get: (id) => documents.get(id),
  getMany: (ids) => documents.getMany(ids),
  find: (query) => documents.find(query),
  count: (where, atMost) => documents.count(where, atMost),
  checkpoint: () => documents.checkpoint(),
  commit: async (_, checkpoint) => {
    if (!(await elsewhere.reached(checkpoint))) throw new Error('Given up before the documents were stored.');
  },
});
