import type { Batch, EventStore } from '../event-store/index.ts';
import {
  START,
  type Documents,
  type DomainEvent,
  type Position,
  type Projection,
  type Recorded,
} from '../kernel/index.ts';
import type { Collection, ReadModel, Stored } from '../read-model/index.ts';
import type { Logger } from '../runtime/index.ts';
import { DocumentMap } from './document-map.ts';
import { Follower, IDLE_CHECKPOINT_EVERY } from './follower.ts';

export type Applied<Doc> = (changed: readonly Stored<Doc>[], position: Position) => void;

/** Keeps one projection's stored documents up to date: load, fold, and commit with the checkpoint, a batch at a time. */
export class ProjectionRunner<Doc extends object = object, Event extends DomainEvent = DomainEvent> {
  #follower: Follower | undefined;
  readonly #listeners = new Set<Applied<Doc>>();

  constructor(
    readonly projection: Projection<Doc, Event>,
    readonly documents: Collection<Doc> & { readonly stale: boolean },
    private readonly store: EventStore,
    private readonly readModel: ReadModel,
    private readonly logger: Logger,
  ) {}

  get follower(): Follower | undefined {
    return this.#follower;
  }

  /** Called after documents are committed, with those that changed and the checkpoint that covers them. */
  onApplied(listener: Applied<Doc>): void {
    this.#listeners.add(listener);
  }

  /** A checkpoint beyond the store's head belongs to another history, a stale set to another fold: both are built anew. */
  async start(): Promise<void> {
    if (this.documents.stale || (await this.documents.checkpoint()) > (await this.store.head())) return this.rebuild();
    this.#follow(await this.documents.checkpoint());
  }

  async stop(): Promise<void> {
    await this.#follower?.stop();
  }

  /** Folds all of history into a second set while the live one goes on, then swaps. */
  async rebuild(): Promise<void> {
    const next = await this.readModel.rebuild(this.projection);
    const builder = this.#followerInto(next, START, () => undefined);
    builder.start();
    await builder.caughtUp();
    await this.stop();
    const live = this.#follower?.position ?? START;
    await builder.reached(Math.min(live, await this.store.head()));
    await builder.stop();
    await this.readModel.swap(this.projection.name);
    this.#follow(builder.position);
  }

  #follow(after: Position): void {
    this.#follower = this.#followerInto(this.documents, after, (changed, position) => {
      for (const listener of this.#listeners) listener(changed, position);
    });
    this.#follower.start();
  }

  #followerInto(documents: Collection<Doc>, after: Position, applied: Applied<Doc>): Follower {
    let stored = after;
    let all: DocumentMap<Doc, Event> | undefined;
    const foldBatch = async (batch: Batch): Promise<Stored<Doc>[]> => {
      if (!this.projection.relational) return fold(this.projection, documents, batch);
      if (!all) {
        all = new DocumentMap(this.projection);
        await all.load(documents);
      }
      const changed = new Map<string, Stored<Doc>>();
      for (const event of batch.events) {
        for (const document of all.apply(event as Recorded<Event>)) changed.set(document.id, document);
      }
      return [...changed.values()];
    };
    return new Follower(this.store, this.logger, {
      name: this.projection.name,
      categories: this.projection.categories,
      after,
      handle: async (batch) => {
        const changed = await foldBatch(batch);
        if (changed.length === 0 && batch.position - stored < IDLE_CHECKPOINT_EVERY) {
          applied(changed, batch.position);
          return;
        }
        await documents.commit(changed, batch.position).catch((error: unknown) => {
          all = undefined;
          throw error;
        });
        stored = batch.position;
        applied(changed, batch.position);
      },
    });
  }
}

/** Only a relational projection may ask for documents beside its own. */
const nothingElse: Documents<never> = {
  get: () => undefined,
  where: () => [],
};

async function fold<Doc extends object, Event extends DomainEvent>(
  projection: Projection<Doc, Event>,
  documents: Collection<Doc>,
  batch: Batch,
): Promise<Stored<Doc>[]> {
  const steps = batch.events.map((event) => {
    const typed = event as Recorded<Event>;
    return { event: typed, keys: projection.keys(typed) };
  });
  const ids = [...new Set(steps.flatMap((step) => step.keys))];
  if (ids.length === 0) return [];
  const known = new Map((await documents.getMany(ids)).map((stored) => [stored.id, stored]));
  const changed = new Map<string, Stored<Doc>>();
  for (const { event, keys } of steps) {
    for (const id of keys) {
      const before = known.get(id);
      if (before && before.position >= event.position) continue;
      const document = projection.fold(before?.document, event, id, nothingElse);
      if (document === undefined || document === before?.document) continue;
      const stored = { id, position: event.position, document };
      known.set(id, stored);
      changed.set(id, stored);
    }
  }
  return [...changed.values()];
}
