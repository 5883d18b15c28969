import { setTimeout as delay } from 'node:timers/promises';
import type { EventStore } from '../event-store/index.ts';
import { START, type Position } from '../kernel/index.ts';
import type { Collection } from '../read-model/index.ts';
import { Backoff } from '../runtime/index.ts';
import { Progress } from './progress.ts';

const EVERY_MS = 20;

/** How far documents are that another process stores. It is asked for only while somebody waits. */
export class StoredElsewhere {
  readonly #progress: Progress;
  readonly #isOwn: boolean;
  #looking = false;
  readonly #stopping = new AbortController();
  /** What went wrong last, until it can be asked for again. */
  failure: unknown;

  constructor(
    /** Undefined while what is stored is none that anybody waits for. */
    private readonly ask: () => Promise<Position | undefined>,
    /** To be moved for those who wait there; whoever keeps it says when somebody does. */
    progress?: Progress,
  ) {
    this.#progress = progress ?? new Progress(START, () => this.begin());
    this.#isOwn = progress === undefined;
  }

  get position(): Position {
    return this.#progress.position;
  }

  reached(position: Position, withinMs?: number): Promise<boolean> {
    return this.#progress.reached(position, withinMs);
  }

  /** Asks once. */
  async look(): Promise<void> {
    const position = await this.ask();
    if (this.#stopping.signal.aborted) return;
    this.failure = undefined;
    this.#progress.moveTo(position ?? START);
  }

  /** Somebody waits: it asks until nobody does. */
  begin(): void {
    if (this.#looking || this.#stopping.signal.aborted) return;
    this.#looking = true;
    void this.#lookOn();
  }

  /** Asks for nothing more. Nobody is left waiting, but for those whose progress is another's. */
  end(): void {
    this.#stopping.abort();
    this.failure = undefined;
    if (this.#isOwn) this.#progress.end();
  }

  async #lookOn(): Promise<void> {
    const backoff = new Backoff();
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.look();
        backoff.reset();
        if (!this.#progress.isAwaited) break;
        await delay(EVERY_MS, undefined, { signal });
      } catch (error) {
        if (signal.aborted) return;
        this.failure = error;
        await backoff.wait(signal).catch(() => undefined);
      }
    }
    // Not a turn later: whoever waits from here on begins it anew.
    this.#looking = false;
  }
}

/** Undefined while the documents are of another history, or made by another fold: whoever owns them builds them anew. */
export async function soundCheckpoint(
  documents: Pick<Collection<object>, 'checkpoint'> & { readonly stale: boolean },
  store: Pick<EventStore, 'end'>,
): Promise<Position | undefined> {
  const [checkpoint, end] = [await documents.checkpoint(), await store.end()];
  return documents.stale || checkpoint > end ? undefined : checkpoint;
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
  commit: async (changed, checkpoint) => {
    if (changed.length > 0 && !(await elsewhere.reached(checkpoint)))
      throw new Error('Given up before the documents were stored.');
  },
});
