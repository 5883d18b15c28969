import { setTimeout as delay } from 'node:timers/promises';
import type { EventStore } from '../event-store/index.ts';
import { START, type Position } from '../kernel/index.ts';
import type { Collection } from '../read-model/index.ts';
import { StoredElsewhere, waitingFor } from './stored-elsewhere.ts';

/** Before it is seen again whether the process that stores the documents has rebuilt them. */
const LOOK_AGAIN_MS = 100;

/** Documents that another process stores. */
export class WatchedDocuments<Doc extends object> {
  readonly #waiting: StoredElsewhere;
  /** What is folded along waits here for it to be stored. */
  readonly #along: StoredElsewhere;
  #left = false;
  #failure: unknown;

  constructor(
    private readonly documents: Collection<Doc> & { readonly stale: boolean },
    private readonly store: EventStore,
    position: Position,
    moved: (position: Position) => void,
  ) {
    this.#waiting = new StoredElsewhere(documents, position, moved);
    this.#along = new StoredElsewhere(documents, START);
  }

  get failure(): unknown {
    return this.#failure ?? this.#along.failure ?? this.#waiting.failure;
  }

  reached(position: Position, withinMs?: number): Promise<boolean> {
    return this.#waiting.reached(position, withinMs);
  }

  look(): Promise<void> {
    return this.#waiting.look();
  }

  /**
   * The documents to fold along with, whose commits wait for those of the process that stores them; once that has made them of this
   * history and by this fold. Undefined when it is left before.
   */
  async sound(): Promise<{ readonly checkpoint: Position; readonly documents: Collection<Doc> } | undefined> {
    while (!this.#left) {
      try {
        const [checkpoint, head] = [await this.documents.checkpoint(), await this.store.head()];
        this.#failure = undefined;
        if (this.#left) return undefined;
        if (!this.documents.stale && checkpoint <= head)
          return { checkpoint, documents: waitingFor(this.documents, this.#along) };
      } catch (error) {
        this.#failure = error;
      }
      await delay(LOOK_AGAIN_MS);
    }
    return undefined;
  }

  /** Nothing is folded along any more. Who waits goes on waiting: the documents are still stored by somebody. */
  leave(): void {
    this.#left = true;
    this.#along.end();
  }

  /** Nobody is left waiting. */
  end(): void {
    this.leave();
    this.#waiting.end();
  }
}
