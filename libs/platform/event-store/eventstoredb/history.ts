import type { Position, Recorded } from '../../kernel/index.ts';
import type { Batch } from '../port.ts';
import type { Connection } from './connection.ts';
import { Subscription, type Asked } from './subscription.ts';

/** Whatever has come by then is handed out, be it that a position moved. */
export const FILLING_MS = 20;

/** Batches of what was appended before, and, if they are asked for longer than that lasts, of what is appended. */
export class History {
  readonly #subscription: Subscription;
  /** The store was here already when this began. */
  readonly #reached: Position;
  #position: Position;
  #closed = false;
  caughtUp = false;

  constructor(connection: Connection, asked: Asked, reached: Position) {
    this.#subscription = new Subscription(connection, asked);
    this.#position = asked.after;
    this.#reached = reached;
  }

  /** At least the position has moved. `undefined` once closed. Throws what ended the subscription. */
  async next(limit: number, fillingMs: number): Promise<Batch | undefined> {
    const events: Recorded[] = [];
    const [before, began] = [this.#position, performance.now()];
    const left = () => began + fillingMs - performance.now();
    const batch = () => ({ events, position: this.#position });
    while (!this.#closed) {
      const told = this.#subscription.take();
      if (told === undefined) {
        const moved = this.#position > before;
        if (moved && left() <= 0) return batch();
        const arrival = await this.#subscription.arrival(moved ? left() : Infinity);
        if (arrival === 'ended' && !this.#closed) throw new Error('The event store ended the subscription.');
      } else if (told === 'caught up') {
        this.caughtUp = true;
        this.#position = Math.max(this.#position, this.#reached);
        if (this.#position > before || fillingMs === Infinity) return batch();
      } else if (told !== 'confirmed' && told.position > this.#position) {
        this.#position = told.position;
        if (told.ours) events.push(told.ours.event);
        if (events.length >= limit || (!told.ours && left() <= 0)) return batch();
      }
    }
    return undefined;
  }

  close(): void {
    this.#closed = true;
    this.#subscription.close();
  }
}
