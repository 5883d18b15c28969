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
  #builder: Follower | undefined;
  #rebuilding: Promise<void> | undefined;
  #stopped = false;
  #handle: (batch: Batch) => Promise<void> = async () => undefined;
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
    this.#stopped = false;
    if (this.documents.stale || (await this.documents.checkpoint()) > (await this.store.head())) return this.rebuild();
    this.#follow(await this.documents.checkpoint());
  }

  /** Gives up a rebuild that is under way: the live documents stay. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([this.#builder?.stop(), this.#follower?.stop()]);
    await this.#rebuilding?.catch(() => undefined);
  }

  /** Folds all of history into a second set while the live one goes on, then swaps. One that is under way serves all who ask. */
  rebuild(): Promise<void> {
    this.#rebuilding ??= this.#rebuild().finally(() => (this.#rebuilding = undefined));
    return this.#rebuilding;
  }

  async #rebuild(): Promise<void> {
    const next = await this.readModel.rebuild(this.projection);
    const live = this.#follower;
    const ahead = new Map<string, Stored<Doc>>();
    const builder = this.#followerOf(
      START,
      this.#handlerInto(next, START, (changed) => {
        for (const stored of changed) if (live && stored.position > live.position) ahead.set(stored.id, stored);
      }),
    );
    this.#builder = builder;
    try {
      if (this.#stopped) return;
      builder.start();
      if (!(await builder.caughtUp())) return;
      if (!live) {
        if (await this.#swap(builder, START)) this.#follow(builder.position);
        return;
      }
      await live.interrupt(async () => {
        const before = live.position;
        if (!(await this.#swap(builder, before))) return before;
        this.#handle = this.#handlerInto(this.documents, builder.position, this.#tell);
        // Nobody was told of these: the live documents did not have them yet.
        const untold = [...ahead.values()].filter((stored) => stored.position > before);
        this.#tell(untold, builder.position);
        return builder.position;
      });
    } finally {
      await builder.stop();
    }
  }

  /** Documents never go back: the new set is swapped in once it has what the live one has. False if it is stopped before. */
  async #swap(builder: Follower, live: Position): Promise<boolean> {
    const reached = await builder.reached(live);
    await builder.stop();
    if (reached) await this.readModel.swap(this.projection.name);
    return reached;
  }

  readonly #tell: Applied<Doc> = (changed, position) => {
    for (const listener of this.#listeners) listener(changed, position);
  };

  #follow(after: Position): void {
    if (this.#stopped) return;
    this.#handle = this.#handlerInto(this.documents, after, this.#tell);
    this.#follower = this.#followerOf(after, (batch) => this.#handle(batch));
    this.#follower.start();
  }

  #followerOf(after: Position, handle: (batch: Batch) => Promise<void>): Follower {
    const { name, categories } = this.projection;
    return new Follower(this.store, this.logger, { name, categories, after, handle });
  }

  #handlerInto(documents: Collection<Doc>, after: Position, applied: Applied<Doc>): (batch: Batch) => Promise<void> {
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
    const storeBatch = async (batch: Batch): Promise<Stored<Doc>[]> => {
      const changed = await foldBatch(batch);
      if (changed.length === 0 && batch.position - stored < IDLE_CHECKPOINT_EVERY) return changed;
      await documents.commit(changed, batch.position);
      stored = batch.position;
      return changed;
    };
    return async (batch) => {
      const changed = await storeBatch(batch).catch((error: unknown) => {
        // What is in memory may be ahead of what is stored.
        all = undefined;
        throw error;
      });
      applied(changed, batch.position);
    };
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
