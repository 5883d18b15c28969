import { START, type Position, type Recorded } from '../kernel/index.ts';
import type { Batch } from './port.ts';

const MOST_EVENTS = 4_096;
/** Of JSON text; what it takes parsed is a small multiple of it. */
const MOST_CHARACTERS = 8 * 1024 * 1024;

/** The newest events, kept parsed, so that the many readers at the head do not each read and parse them again. */
export class Tail {
  #entries: { readonly event: Recorded; readonly size: number }[] = [];
  /** Of the streams that begin here, the first event. */
  readonly #beginnings = new Map<string, Recorded>();
  #size = 0;
  #complete: Position = START;
  #last: Position = START;

  /** Everything after this position is here. */
  get complete(): Position {
    return this.#complete;
  }

  /** Everything up to this position has been looked at. */
  get last(): Position {
    return this.#last;
  }

  restart(after: Position): void {
    this.#entries = [];
    this.#beginnings.clear();
    this.#size = 0;
    this.#complete = after;
    this.#last = after;
  }

  /** `previous` is that of the event before this one in the store, for who knows it: if that never came here, the tail restarts. */
  push(event: Recorded, size: number, previous: Position = this.#last): void {
    if (previous > Math.max(this.#last, 0)) this.restart(previous);
    this.#entries.push({ event, size });
    if (event.revision === 0) this.#beginnings.set(event.stream, event);
    this.#size += size;
    this.#last = event.position;
    if (this.#entries.length > MOST_EVENTS || this.#size > MOST_CHARACTERS) this.#dropHalf();
  }

  /** There is nothing between the last event and this position. */
  moveTo(position: Position): void {
    this.#last = Math.max(this.#last, position);
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
    return { events, position: Math.max(this.#last, position) };
  }

  /** The first event of a stream, `undefined` when it is not among the newest. */
  beginningOf(stream: string): Recorded | undefined {
    return this.#beginnings.get(stream);
  }

  /** Half goes at once: dropping one at a time would move the array with every event. */
  #dropHalf(): void {
    for (const { event, size } of this.#entries.splice(0, Math.ceil(this.#entries.length / 2))) {
      this.#size -= size;
      this.#complete = event.position;
      if (event.revision === 0) this.#beginnings.delete(event.stream);
    }
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
