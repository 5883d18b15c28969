import { setTimeout as delay } from 'node:timers/promises';
import type { EventStore } from '../../../platform/event-store/index.ts';
import { START, type Position } from '../../../platform/kernel/index.ts';
import { Progress, type Following } from '../../../platform/processing/index.ts';

/** When fan-out or the store could not say how far it is. */
const REST_MS = 1_000;

/**
 * Up to which event everything that is owed is known to this sender. Fan-out may record a later event first, when the store refused
 * an earlier one for a moment: a strictly ordered lane sends nothing beyond.
 */
export class OrderHorizon {
  /** Of events, by their own position. */
  limit: Position = START;
  readonly #folded = new Progress(START);
  #moving = false;

  constructor(
    private readonly store: EventStore,
    private readonly fanOut: () => Following | undefined,
    private readonly onMoved: () => void,
  ) {}

  folded(position: Position): void {
    if (position > this.#folded.position) this.#folded.moveTo(position);
  }

  /** Calls `onMoved` once the limit has reached the position. */
  reach(position: Position): void {
    if (this.#moving || position <= this.limit) return;
    this.#moving = true;
    void this.#reach(position)
      .catch(() => false)
      .then((moved) => moved || delay(REST_MS, undefined, { ref: false }))
      .then(() => {
        this.#moving = false;
        this.onMoved();
      });
  }

  async #reach(position: Position): Promise<boolean> {
    const fanOut = this.fanOut();
    if (!fanOut || !(await fanOut.reached(position))) return false;
    const decided = fanOut.position;
    // What it decided up to here is recorded before this head.
    if (!(await this.#folded.reached(await this.store.head()))) return false;
    this.limit = Math.max(this.limit, decided);
    return true;
  }

  stop(): void {
    this.#folded.end();
  }

  start(folded: Position): void {
    this.#folded.goOn();
    this.folded(folded);
  }
}
