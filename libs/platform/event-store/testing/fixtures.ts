import { randomUUID } from 'node:crypto';
import { START, type Position, type Recorded } from '../../kernel/index.ts';
import type { Batch, EventStore, ExpectedRevision, Feed, NewEvent } from '../port.ts';

export const metadata = { at: 1_700_000_000_000, actor: 'client:tester', traceId: 'trace' };
export const event = (type = 'Happened', data: object = {}): NewEvent => ({ id: randomUUID(), type, data });
export const append = (store: EventStore, stream: string, expected: ExpectedRevision, ...events: NewEvent[]) =>
  store.append({ stream, expected, events, metadata });

export const numbers = (events: readonly Recorded[]): number[] => events.map((e) => (e.data as { n: number }).n);
export const ascending = (events: readonly Recorded[]): boolean =>
  events.every((e, i) => i === 0 || e.position > (events[i - 1]?.position ?? START));

/** Fewer when the feed ends before. */
export async function take(feed: Feed, count: number): Promise<number[]> {
  const seen: number[] = [];
  while (seen.length < count) {
    const batch = await feed.next();
    if (!batch) break;
    seen.push(...numbers(batch.events));
  }
  return seen;
}

/** The batches up to the one that reaches the position. */
export async function followTo(feed: Feed, position: Position): Promise<Batch[]> {
  const batches: Batch[] = [];
  for (let reached = START; reached < position;) {
    const batch = await feed.next();
    if (!batch) break;
    batches.push(batch);
    reached = batch.position;
  }
  return batches;
}

export async function readOn(
  store: EventStore,
  from: number,
  categories: string[] | undefined,
  limit: number,
): Promise<number[]> {
  const seen: number[] = [];
  const head = await store.head();
  for (let after = from; after < head;) {
    const batch = await store.readAll({ after, limit, ...(categories ? { categories } : {}) });
    seen.push(...numbers(batch.events));
    after = batch.position;
  }
  return seen;
}
