import type { EventStore } from '../../../libs/platform/event-store/index.ts';
import { START, type Position, type Recorded } from '../../../libs/platform/kernel/index.ts';

export type Readable = Pick<EventStore, 'head' | 'readAll' | 'readStream'>;

/** Events of a page; one of them may take hundreds of kilobytes. */
const PAGE = 250;

/** What a store holds now, in its order, a page at a time. */
export async function* eventsOf(
  store: Pick<Readable, 'head' | 'readAll'>,
  { after = START, categories }: { after?: Position; categories?: readonly string[] } = {},
): AsyncGenerator<Recorded, undefined> {
  const head = await store.head();
  for (let at = after; at < head;) {
    const batch = await store.readAll({ after: at, limit: PAGE, ...(categories ? { categories } : {}) });
    yield* batch.events;
    at = batch.position;
  }
}

/** A whole stream, a page at a time. */
export async function* pagesOf(store: Pick<Readable, 'readStream'>, stream: string) {
  for (let from = 0; ;) {
    const events = await store.readStream(stream, { from, limit: PAGE });
    if (events.length > 0) yield events;
    if (events.length < PAGE) return;
    from += events.length;
  }
}
