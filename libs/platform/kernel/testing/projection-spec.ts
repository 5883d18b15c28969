import { expect } from '@jest/globals';
import type { DomainEvent, Documents, Projection, Recorded } from '../index.ts';

/**
 * `projecting(projection, streamed events).then({ id: document })`. Documents are as a store gives them back: plain JSON, and not to
 * be changed in place. Replays the whole history a second time the way a runner would after losing its checkpoint: documents already
 * at an event's position are not folded again, and the result must be the same.
 */
export function projecting<D extends object, E extends DomainEvent>(
  projection: Projection<D, E>,
  history: readonly Recorded<E>[],
) {
  const stored = new Map<string, { document: D; position: number }>();
  const documents: Documents<D> = {
    get: (id) => stored.get(id)?.document,
    where: (field, value) =>
      [...stored.values()].map((s) => s.document).filter((d) => (d as Record<string, unknown>)[field] === value),
  };
  const replay = () => {
    for (const event of history) {
      if (!projection.categories.includes(event.category)) continue;
      for (const key of projection.keys(event)) {
        const before = stored.get(key);
        if (before && before.position >= event.position) continue;
        const document = projection.fold(before?.document, event, key, documents);
        if (document === undefined || document === before?.document) continue;
        stored.set(key, { document: asStored(document), position: event.position });
      }
    }
    return Object.fromEntries([...stored].map(([key, { document }]) => [key, document]));
  };
  const once = structuredClone(replay());
  return {
    documents: once,
    then: (expected: Record<string, unknown>) => {
      expect(once).toMatchObject(expected);
      expect(replay()).toEqual(once);
    },
  };
}

const asStored = <D>(document: D): D => frozen(JSON.parse(JSON.stringify(document)) as D);

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
