import fc from 'fast-check';
import type { AppendRequest, EventStore } from '../../../../libs/platform/event-store/index.ts';
import { START, type Recorded } from '../../../../libs/platform/kernel/index.ts';

/** Which stream is appended to, by how many events at once, in which command. */
type Step = { readonly stream: string; readonly events: number; readonly trace: string };

const stream = fc.constantFrom(
  'workspace-root',
  'webhook-a',
  'webhook-b',
  'platformEvent-1',
  'platformEvent-2',
  'delivery-x',
  'delivery-y',
  'delivery-z',
);
const step = fc.record({
  stream,
  events: fc.integer({ min: 1, max: 3 }),
  /** Few, so that neighbours often have the same metadata. */
  trace: fc.constantFrom('s', 't'),
});

export const histories: fc.Arbitrary<readonly Step[]> = fc.array(step, { maxLength: 40 });

const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** The same history has the same ids. */
export function requestsOf(history: readonly Step[]): AppendRequest[] {
  const next = new Map<string, number>();
  let made = 0;
  return history.map(({ stream, events, trace }) => {
    const from = next.get(stream) ?? 0;
    next.set(stream, from + events);
    return {
      stream,
      expected: from === 0 ? 'no-stream' : from - 1,
      events: Array.from({ length: events }, () => ({ id: idOf(made++), type: 'Happened', data: { made } })),
      metadata: { at: 0, actor: 'client:tester', traceId: trace },
    };
  });
}

/** One event each, with an id that comes from its place. */
export const history = (...streams: string[]): AppendRequest[] =>
  requestsOf(streams.map((stream) => ({ stream, events: 1, trace: 't' })));

export async function write(store: EventStore, requests: readonly AppendRequest[]): Promise<void> {
  for (const request of requests) await store.append(request);
}

export async function allOf(store: EventStore): Promise<readonly Recorded[]> {
  const all: Recorded[] = [];
  const head = await store.head();
  for (let after = START; after < head;) {
    const batch = await store.readAll({ after, limit: 1_000 });
    all.push(...batch.events);
    after = batch.position;
  }
  return all;
}

const withoutPosition = ({ position: _, ...event }: Recorded) => event;
const isDelivery = ({ category }: Recorded) => category === 'delivery';

/** What has to be the same in a copy: the order of everything but deliveries, and each stream of a delivery. */
export async function contentOf(store: EventStore) {
  const all = (await allOf(store)).map(withoutPosition) as Recorded[];
  const byStream = Map.groupBy(all.filter(isDelivery), (event) => event.stream);
  return { ordered: all.filter((event) => !isDelivery(event)), deliveries: byStream };
}
