import { START, type Position, type Recorded } from '../../kernel/index.ts';
import type { Batch } from '../port.ts';

const MOST_EVENTS = 4_096;
/** Of JSON text; what it takes parsed is a small multiple of it. */
const MOST_CHARACTERS = 8 * 1024 * 1024;

/** The newest events, kept parsed, so that the many readers at the head do not each read and parse them again. */
export class Tail {
  #entries: { readonly event: Recorded; readonly size: number }[] = [];
  #size = 0;
  /** Everything after this position is here. */
  #complete: Position = START;
  last: Position = START;

  restart(after: Position): void {
    this.#entries = [];
    this.#size = 0;
    this.#complete = after;
    this.last = after;
  }

  push(event: Recorded, size: number): void {
    // Something before it was stored and never came here.
    if (event.position > Math.max(this.last, 0) + 1) this.restart(event.position - 1);
    this.#entries.push({ event, size });
    this.#size += size;
    this.last = event.position;
    if (this.#entries.length <= MOST_EVENTS && this.#size <= MOST_CHARACTERS) return;
    // Half goes at once: dropping one at a time would move the array with every event.
    const dropped = this.#entries.splice(0, Math.ceil(this.#entries.length / 2));
    this.#size -= dropped.reduce((sum, entry) => sum + entry.size, 0);
    this.#complete = dropped.at(-1)?.event.position ?? this.#complete;
  }

  /** `undefined` when some of what is asked for is no longer here. */
  after(position: Position, categories: readonly string[] | undefined, limit: number): Batch | undefined {
    if (position < this.#complete) return undefined;
    const events: Recorded[] = [];
    for (let i = this.#firstAfter(position); i < this.#entries.length; i++) {
      const event = this.#entries[i]?.event;
      if (!event || (categories && !categories.includes(event.category))) continue;
      events.push(event);
      if (events.length === limit) return { events, position: event.position };
    }
    return { events, position: Math.max(this.last, position) };
  }

  #firstAfter(position: Position): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle]?.event.position ?? 0) > position) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
