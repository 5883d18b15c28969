import { categoryOfStream, type DomainEvent, type Recorded } from '../index.ts';

/** Gives events the places a store would give them: streams by `streamOf`, positions and revisions in the order given. */
export function record<E extends DomainEvent>(
  events: readonly E[],
  streamOf: (event: E) => string,
  at = 1_700_000_000_000,
): Recorded<E>[] {
  const revisions = new Map<string, number>();
  return events.map((event, position) => {
    const stream = streamOf(event);
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    return {
      ...event,
      id: `event-${position}`,
      stream,
      category: categoryOfStream(stream),
      revision,
      position,
      metadata: { at: at + position, actor: 'client:tester', traceId: 'trace' },
    };
  });
}
