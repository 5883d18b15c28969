import { setTimeout as delay } from 'node:timers/promises';
import type { EventStore } from '../event-store/index.ts';
import type { Position } from '../kernel/index.ts';
import type { Collection } from '../read-model/index.ts';
import type { Progress } from './progress.ts';
import { soundCheckpoint, StoredElsewhere, waitingFor } from './stored-elsewhere.ts';

/** Before it is seen again whether the process that stores the documents has rebuilt them. */
const LOOK_AGAIN_MS = 100;

/** Documents that another process stores. */
export class WatchedDocuments<Doc extends object> {
  /** Moves the progress of those who wait, until something is folded along. */
  readonly #waiting: StoredElsewhere;
  /** What is folded along waits here for it to be stored. */
  readonly #along: StoredElsewhere;
  #isFoldedAlong = false;
  #left = false;
  #failure: unknown;

  constructor(
    private readonly documents: Collection<Doc> & { readonly stale: boolean },
    private readonly store: EventStore,
    progress: Progress,
  ) {
    this.#waiting = new StoredElsewhere(() => soundCheckpoint(documents, store), progress);
    this.#along = new StoredElsewhere(() => documents.checkpoint());
    if (progress.isAwaited) this.#waiting.begin();
  }

  get failure(): unknown {
    return this.#failure ?? this.#along.failure ?? this.#waiting.failure;
  }

  /** Somebody waits. */
  awaited(): void {
    this.#waiting.begin();
  }

  async look(): Promise<void> {
    await (this.#isFoldedAlong ? this.documents.checkpoint() : this.#waiting.look());
  }

  /** From now on the progress is that of what is folded along. */
  foldAlong(): void {
    this.#isFoldedAlong = true;
    this.#waiting.end();
  }

  /**
   * The documents to fold along with, whose commits wait for those of the process that stores them; once that has made them of this
   * history and by this fold. Undefined when it is left before.
   */
  async sound(): Promise<{ readonly checkpoint: Position; readonly documents: Collection<Doc> } | undefined> {
    while (!this.#left) {
      try {
        const checkpoint = await soundCheckpoint(this.documents, this.store);
        this.#failure = undefined;
        if (this.#left) return undefined;
        if (checkpoint !== undefined) return { checkpoint, documents: waitingFor(this.documents, this.#along) };
      } catch (error) {
        this.#failure = error;
      }
      await delay(LOOK_AGAIN_MS);
    }
    return undefined;
  }

  /** Nothing is folded along any more, and nothing asked for. Who waits goes on waiting: the documents are still stored by somebody. */
  leave(): void {
    this.#left = true;
    this.#along.end();
    this.#waiting.end();
  }
}
