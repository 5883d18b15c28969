import type { EventStore } from '../event-store/index.ts';
import type { DomainEvent, Projection } from '../kernel/index.ts';
import type { Collection } from '../read-model/index.ts';
import type { Logger } from '../runtime/index.ts';
import { DocumentWriter, type Listeners } from './document-writer.ts';
import { Follower, IDLE_CHECKPOINT_EVERY } from './follower.ts';
import type { Progress } from './progress.ts';

/** One way from the store into a set of documents. */
export type Folding<Doc extends object, Event extends DomainEvent> = {
  readonly follower: Follower;
  readonly writer: DocumentWriter<Doc, Event>;
  /** Of what is stored. */
  readonly progress: Progress;
};

type Parts<Doc extends object, Event extends DomainEvent> = {
  readonly projection: Projection<Doc, Event>;
  readonly documents: Collection<Doc>;
  readonly store: EventStore;
  readonly logger: Logger;
  readonly shared: boolean;
  readonly progress: Progress;
  readonly listeners: Listeners<Doc>;
};

/** Begins when its follower is started. */
export function foldInto<Doc extends object, Event extends DomainEvent>(parts: Parts<Doc, Event>): Folding<Doc, Event> {
  const { projection, documents, store, logger, shared, progress, listeners } = parts;
  const { name, categories } = projection;
  const options = { store, shared, idleEvery: IDLE_CHECKPOINT_EVERY * store.stride };
  const writer = new DocumentWriter(projection, documents, progress, logger, listeners, options);
  const handle = writer.take.bind(writer);
  const follower = new Follower(store, logger, { name, categories, after: progress.position, handle });
  return { follower, writer, progress };
}

/** Stores what is folded, if that can be done at once. */
export async function end<Doc extends object, Event extends DomainEvent>(folding?: Folding<Doc, Event>): Promise<void> {
  // The writer first, so that its follower does not wait for room; and again for what was folded meanwhile.
  await Promise.all([folding?.writer.stop(), folding?.follower.stop()]);
  await folding?.writer.stop();
}
