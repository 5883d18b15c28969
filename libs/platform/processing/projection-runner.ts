import type { EventStore } from '../event-store/index.ts';
import { START, type DomainEvent, type Position, type Projection } from '../kernel/index.ts';
import type { Collection, Page, Query, ReadModel, Stored } from '../read-model/index.ts';
import type { Logger } from '../runtime/index.ts';
import { DocumentWriter, type Folded } from './document-writer.ts';
import { Follower } from './follower.ts';
import { Progress, type Following } from './progress.ts';

/** One way from the store into a set of documents. */
type Folding<Doc extends object, Event extends DomainEvent> = {
  readonly follower: Follower;
  readonly writer: DocumentWriter<Doc, Event>;
  /** Of what is stored. */
  readonly progress: Progress;
};

/** Keeps one projection's stored documents up to date. Its position is that of what is stored. */
export class ProjectionRunner<
  Doc extends object = object,
  Event extends DomainEvent = DomainEvent,
> implements Following {
  #live: Folding<Doc, Event> | undefined;
  #next: Folding<Doc, Event> | undefined;
  #rebuilding: Promise<void> | undefined;
  #stopped = false;
  readonly #progress = new Progress(START, () => this.#live?.writer.hurry());
  readonly #onFolded = new Set<Folded<Doc>>();
  readonly #onStored = new Set<(position: Position) => void>();

  constructor(
    readonly projection: Projection<Doc, Event>,
    readonly documents: Collection<Doc> & { readonly stale: boolean },
    private readonly store: EventStore,
    private readonly readModel: ReadModel,
    private readonly logger: Logger,
  ) {}

  get name(): string {
    return this.projection.name;
  }

  get categories(): readonly string[] {
    return this.projection.categories;
  }

  get position(): Position {
    return this.#progress.position;
  }

  get failure(): unknown {
    const folding = this.#live ?? this.#next;
    return folding?.writer.failure ?? folding?.follower.failure;
  }

  reached(position: Position, withinMs?: number): Promise<boolean> {
    return this.#progress.reached(position, withinMs);
  }

  async caughtUp(): Promise<boolean> {
    return this.reached(await this.store.head());
  }

  /** Reads documents that will soon be folded further, which then need not be read again. */
  async find(query: Query): Promise<Page<Doc>> {
    const { position } = this;
    const page = await this.documents.find(query);
    // Otherwise they may be older than what has been stored meanwhile.
    if (position === this.position) this.#live?.writer.haveRead(page.items);
    return page;
  }

  /** What is folded is stored as soon as it can be. */
  hurry(): void {
    this.#live?.writer.hurry();
  }

  /** Called with documents that have changed, before they are stored. What is not stored in the end is told again. */
  onFolded(listener: Folded<Doc>): void {
    this.#onFolded.add(listener);
  }

  /** Called when all that was folded up to a position can be read. */
  onStored(listener: (position: Position) => void): void {
    this.#onStored.add(listener);
  }

  /** A checkpoint beyond the store's head belongs to another history, a stale set to another fold: both are built anew. */
  async start(): Promise<void> {
    this.#stopped = false;
    this.#progress.goOn();
    if (this.documents.stale || (await this.documents.checkpoint()) > (await this.store.head())) return this.rebuild();
    this.#follow(await this.documents.checkpoint());
  }

  /** Stores what is folded. Gives up a rebuild that is under way: the live documents stay. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#next?.progress.end();
    await Promise.all([end(this.#live), end(this.#next)]);
    await this.#rebuilding?.catch(() => undefined);
    this.#live = undefined;
    this.#progress.end();
  }

  /** Folds all of history into a second set while the live one goes on, then swaps. One that is under way serves all who ask. */
  rebuild(): Promise<void> {
    this.#rebuilding ??= this.#rebuild().finally(() => (this.#rebuilding = undefined));
    return this.#rebuilding;
  }

  async #rebuild(): Promise<void> {
    const documents = await this.readModel.rebuild(this.projection);
    const live = this.#live;
    const ahead = new Map<string, Stored<Doc>>();
    const progress: Progress = new Progress(START, () => next.writer.hurry());
    const folded: Folded<Doc> = (changed) => {
      if (!live) return;
      for (const stored of changed) if (stored.position > live.follower.position) ahead.set(stored.id, stored);
    };
    const next = this.#foldInto(documents, progress, folded, () => undefined);
    this.#next = next;
    try {
      if (this.#stopped) return;
      next.follower.start();
      // Nearly all of it, so that the live documents do not stand still for long.
      if (!(await progress.reached(await this.store.head()))) return;
      await end(live);
      const before = live?.follower.position ?? START;
      let swapped = false;
      try {
        swapped = await this.#swap(next, before);
      } finally {
        if (!swapped && live) this.#follow(this.#progress.position);
      }
      if (!swapped) return;
      const { position } = next.follower;
      this.#follow(position);
      // Nobody was told of these: the live documents did not have them yet.
      this.#folded(
        [...ahead.values()].filter((stored) => stored.position > before),
        position,
      );
      this.#stored(position);
    } finally {
      await end(next);
      this.#next = undefined;
    }
  }

  /** Documents never go back: the new set is swapped in once it has what the live one has. False if it is stopped before. */
  async #swap({ follower, writer, progress }: Folding<Doc, Event>, live: Position): Promise<boolean> {
    if (!(await follower.reached(live))) return false;
    await follower.stop();
    if (!(await progress.reached(follower.position))) return false;
    await writer.stop();
    await this.readModel.swap(this.projection.name);
    return true;
  }

  #follow(after: Position): void {
    if (this.#stopped) return;
    this.#progress.moveTo(after);
    this.#live = this.#foldInto(this.documents, this.#progress, this.#folded, this.#stored);
    this.#live.follower.start();
  }

  #foldInto(
    documents: Collection<Doc>,
    progress: Progress,
    folded: Folded<Doc>,
    stored: (position: Position) => void,
  ): Folding<Doc, Event> {
    const { name, categories } = this.projection;
    const writer = new DocumentWriter(this.projection, documents, progress, this.logger, { folded, stored });
    const handle = writer.take.bind(writer);
    const follower = new Follower(this.store, this.logger, { name, categories, after: progress.position, handle });
    return { follower, writer, progress };
  }

  readonly #folded: Folded<Doc> = (changed, position) => {
    for (const listener of this.#onFolded) listener(changed, position);
  };

  readonly #stored = (position: Position): void => {
    for (const listener of this.#onStored) listener(position);
  };
}

/** Stores what is folded, if that can be done at once. */
async function end<Doc extends object, Event extends DomainEvent>(folding?: Folding<Doc, Event>): Promise<void> {
  // The writer first, so that its follower does not wait for room; and again for what was folded meanwhile.
  await Promise.all([folding?.writer.stop(), folding?.follower.stop()]);
  await folding?.writer.stop();
}
