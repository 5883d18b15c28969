import type { EventStore } from '../event-store/index.ts';
import { START, type DomainEvent, type Position, type Projection } from '../kernel/index.ts';
import type { Collection, Page, Query, ReadModel, Stored } from '../read-model/index.ts';
import type { Logger } from '../runtime/index.ts';
import type { Folded, Listeners } from './document-writer.ts';
import { end, foldInto, type Folding } from './folding.ts';
import { Progress, type Following } from './progress.ts';
import { soundCheckpoint } from './stored-elsewhere.ts';
import { Told } from './told.ts';
import { WatchedDocuments } from './watched-documents.ts';

/**
 * Keeps one projection's stored documents up to date, or follows another process that does. Its position is that of what is stored
 * (and, where somebody listens, folded here).
 */
export class ProjectionRunner<
  Doc extends object = object,
  Event extends DomainEvent = DomainEvent,
> implements Following {
  #live: Folding<Doc, Event> | undefined;
  #next: Folding<Doc, Event> | undefined;
  #rebuilding: Promise<void> | undefined;
  #watched: WatchedDocuments<Doc> | undefined;
  /** The last of what starts, watches and listens, each after the one before. */
  #turning: Promise<void> = Promise.resolve();
  #stopped = false;
  #givenUp = false;
  readonly #progress = new Progress(START, () => (this.#live ? this.#live.writer.hurry() : this.#watched?.awaited()));
  readonly #told = new Told<Doc>();

  constructor(
    readonly projection: Projection<Doc, Event>,
    readonly documents: Collection<Doc> & { readonly stale: boolean },
    private readonly store: EventStore,
    private readonly readModel: ReadModel,
    private readonly logger: Logger,
    /** Whether other processes have these documents, too. */
    private readonly shared = false,
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
    return folding?.writer.failure ?? folding?.follower.failure ?? this.#watched?.failure;
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
    this.#told.onFolded(listener);
    if (!this.#live) this.#joinIn();
    else if (this.#told.isNew) this.#told.begin(this.#live.follower.position);
  }

  /** Called when all that was folded up to a position can be read. */
  onStored(listener: (position: Position) => void): void {
    this.#told.onStored(listener);
  }

  /** Folds and stores. A checkpoint beyond the store's head belongs to another history, a stale set to another fold: both are built anew. */
  async start(): Promise<void> {
    this.#stopped = false;
    this.#givenUp = false;
    this.#leaveWatched();
    this.#progress.goOn();
    return this.#inTurn(async () => {
      this.#leaveWatched();
      await this.#endLive();
      const checkpoint = await soundCheckpoint(this.documents, this.store);
      if (checkpoint === undefined) return this.rebuild();
      this.#follow(this.#from(checkpoint), this.documents);
    });
  }

  /** Another process stores the documents; they are only folded along, and only if somebody listens. A rebuild is finished before. */
  async watch(): Promise<void> {
    this.#stopped = false;
    this.#progress.goOn();
    return this.#inTurn(async () => {
      if (this.#watched) return;
      await this.#rebuilding?.catch(() => undefined);
      await this.#endLive();
      this.#watched = new WatchedDocuments(this.documents, this.store, this.#progress);
      if (this.#told.isAnybody) this.#joinIn();
    });
  }

  /** Another process may be rebuilding the documents already: what this one does of it is of no use. */
  giveUp(): void {
    this.#givenUp = true;
    this.#next?.progress.end();
  }

  /** How far the documents are, if nobody waits for it. */
  async look(): Promise<void> {
    await (this.#watched ? this.#watched.look() : this.documents.checkpoint());
  }

  /** Stores what is folded. Gives up a rebuild that is under way: the live documents stay. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#watched?.leave();
    this.#next?.progress.end();
    await Promise.all([end(this.#live), end(this.#next)]);
    await this.#rebuilding?.catch(() => undefined);
    await this.#turning;
    this.#leaveWatched();
    this.#live = undefined;
    this.#progress.end();
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    const turn = this.#turning.then(() => (this.#stopped ? undefined : step()));
    this.#turning = turn.catch(() => undefined);
    return turn;
  }

  async #endLive(): Promise<void> {
    await end(this.#live);
    this.#live = undefined;
  }

  #from(checkpoint: Position): Position {
    return this.shared ? this.#told.from(checkpoint) : checkpoint;
  }

  #leaveWatched(): void {
    this.#watched?.leave();
    this.#watched = undefined;
  }

  /** Not waited for: as long as nobody has made the documents of this history and by this fold, there is nothing to join. */
  #joinIn(): void {
    if (!this.#watched) return;
    this.#watched.foldAlong();
    // Whoever was told of nothing yet reads documents that are as new as what it will not be told of.
    if (this.#told.isNew) this.#progress.moveTo(START);
    void this.#inTurn(() => this.#foldAlong());
  }

  async #foldAlong(): Promise<void> {
    if (this.#live) return;
    const sound = await this.#watched?.sound();
    if (sound) this.#follow(this.#from(sound.checkpoint), sound.documents);
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
    const next = this.#foldInto(documents, progress, { folded, stored: () => undefined });
    this.#next = next;
    try {
      if (this.#stopped || this.#givenUp) return;
      next.follower.start();
      // Nearly all of it, so that the live documents do not stand still for long.
      if (!(await progress.reached(await this.store.head()))) return;
      await end(live);
      const before = live?.follower.position ?? START;
      let swapped = false;
      try {
        swapped = await this.#swap(next, documents, before);
      } finally {
        if (!swapped && live) this.#follow(this.#progress.position, this.documents);
      }
      if (!swapped) return;
      const { position } = next.follower;
      if (!live) return this.#follow(this.#from(position), this.documents);
      this.#follow(position, this.documents);
      // Nobody was told of these: the live documents did not have them yet.
      this.#told.folded(
        [...ahead.values()].filter((stored) => stored.position > before),
        position,
      );
      this.#told.stored(position);
    } finally {
      await end(next);
      this.#next = undefined;
    }
  }

  /** Documents never go back: the new set is swapped in once it has what the live one has. False if it is stopped before. */
  async #swap(next: Folding<Doc, Event>, documents: Collection<Doc>, live: Position): Promise<boolean> {
    const { follower, writer, progress } = next;
    if (!(await follower.reached(live))) return false;
    await follower.stop();
    if (!(await progress.reached(follower.position))) return false;
    await writer.stop();
    // What changed nothing since its last commit was not worth one: yet the live set may have stored its checkpoint later than that.
    if ((await documents.checkpoint()) < follower.position) await documents.commit([], follower.position);
    await this.readModel.swap(this.projection.name);
    return true;
  }

  #follow(after: Position, documents: Collection<Doc>): void {
    if (this.#stopped) return;
    this.#progress.moveTo(after);
    this.#told.begin(after);
    this.#live = this.#foldInto(documents, this.#progress, this.#told);
    this.#live.follower.start();
  }

  #foldInto(documents: Collection<Doc>, progress: Progress, listeners: Listeners<Doc>): Folding<Doc, Event> {
    const { projection, store, logger, shared } = this;
    return foldInto({ projection, documents, store, logger, shared, progress, listeners });
  }
}
