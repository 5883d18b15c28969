import type { EventStore } from '../event-store/index.ts';
import { START, type DomainEvent, type Position, type Projection, type Recorded } from '../kernel/index.ts';
import type { Collection } from '../read-model/index.ts';
import { DocumentMap } from './document-map.ts';

const PAGE = 500;

/**
 * The documents as they were at a position: where what follows depends on other documents, too, none may be ahead. Stored ones are
 * ahead when a commit was cut off before its checkpoint, or another process is storing at this moment; then the events are folded.
 */
export async function documentsAt<Doc extends object, Event extends DomainEvent>(
  projection: Projection<Doc, Event>,
  stored: Collection<Doc>,
  store: EventStore,
  position: Position,
): Promise<DocumentMap<Doc, Event>> {
  const documents = new DocumentMap(projection);
  await documents.load(stored);
  return documents.newest <= position ? documents : foldedUpTo(projection, store, position);
}

async function foldedUpTo<Doc extends object, Event extends DomainEvent>(
  projection: Projection<Doc, Event>,
  store: EventStore,
  position: Position,
): Promise<DocumentMap<Doc, Event>> {
  const documents = new DocumentMap(projection);
  const { categories } = projection;
  for (let after = START; after < position;) {
    const batch = await store.readAll({ after, categories, limit: PAGE });
    for (const event of batch.events as readonly Recorded<Event>[])
      if (event.position <= position) documents.apply(event);
    if (batch.position <= after) break;
    after = batch.position;
  }
  return documents;
}
