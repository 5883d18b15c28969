import type { Batch, EventStore } from '../event-store/index.ts';
import {
  Lately,
  type Documents,
  type DomainEvent,
  type Position,
  type Projection,
  type Recorded,
} from '../kernel/index.ts';
import type { Collection, Stored } from '../read-model/index.ts';
import type { Logger } from '../runtime/index.ts';
import type { DocumentMap } from './document-map.ts';
import { documentsAt } from './documents-at.ts';
import { Later } from './later.ts';
import type { Progress } from './progress.ts';
import { pausesOf, WriteBehind, type Store } from './write-behind.ts';

export type Listeners<Doc> = {
  readonly folded: Folded<Doc>;
  readonly stored: (position: Position) => void;
};

export type WriterOptions = {
  readonly store: EventStore;
  /**
   * Other processes read these documents and wait for their checkpoint, or store them themselves: it is stored though nothing has
   * changed, and what somebody else has folded already is handed on as it is.
   */
  readonly shared: boolean;
  /** A position that moved though nothing changed is stored once it is this far on. */
  readonly idleEvery: Position;
};

/** For a checkpoint that only categories of no interest have moved. */
const IDLE_MS = 1_000;

type Step<Event extends DomainEvent> = { readonly event: Recorded<Event>; readonly keys: readonly string[] };

/** Everything up to the position is folded; when that is stored, so are these documents. */
export type Folded<Doc> = (changed: readonly Stored<Doc>[], position: Position) => void;

/** Stored documents that are kept to be folded further without being read again: at least so many. */
const MOST_RECENT = 2_048;
/** One event may change thousands: what a batch changes is handed on in pieces, of whole events. */
const MOST_AT_ONCE = 1_000;

/**
 * Folds batches in memory and stores the documents behind: one that several events change within a moment is written once. What is
 * folded and not stored is folded again after a crash, from the stored checkpoint.
 */
export class DocumentWriter<Doc extends object, Event extends DomainEvent> {
  readonly #behind: WriteBehind<Doc>;
  readonly #recent = new Lately<Stored<Doc>>(MOST_RECENT);
  readonly #idle: Later;
  #all: DocumentMap<Doc, Event> | undefined;
  /** Events of its categories have come since the last commit. */
  #matched = false;
  #stopped = false;

  constructor(
    private readonly projection: Projection<Doc, Event>,
    private readonly documents: Collection<Doc>,
    /** Moves with what is stored, and begins at the documents' checkpoint. */
    progress: Progress,
    logger: Logger,
    private readonly listeners: Listeners<Doc>,
    private readonly options: WriterOptions,
  ) {
    const { shared, idleEvery } = options;
    this.#idle = new Later(IDLE_MS, () => void documents.commit([], progress.position).catch(() => this.#commitIdle()));
    const store: Store<Doc> = async (unsaved, position, checkpoint) => {
      const awaited = shared && this.#matched;
      const worthIt = unsaved.length > 0 || awaited || position - checkpoint >= idleEvery;
      this.#matched = false;
      if (worthIt) await this.#commit(unsaved, position);
      else if (shared) this.#commitIdle();
      if (!projection.relational) unsaved.forEach((stored) => this.#recent.set(stored.id, stored));
      listeners.stored(position);
      return worthIt;
    };
    this.#behind = new WriteBehind(projection.name, progress, logger, store, pausesOf(projection, shared));
  }

  get failure(): unknown {
    return this.#behind.failure;
  }

  async #commit(unsaved: readonly Stored<Doc>[], position: Position): Promise<void> {
    try {
      await this.documents.commit(unsaved, position);
    } catch (error) {
      this.#matched = true;
      throw error;
    }
  }

  #commitIdle(): void {
    if (!this.#stopped) this.#idle.ask();
  }

  /** Resolves when the batch is folded, and there is room for another. A batch that throws can be taken again. */
  async take(batch: Batch): Promise<void> {
    if (this.projection.relational) return this.#takeRelational(batch);
    let steps: Step<Event>[] = [];
    let keys = 0;
    for (const event of batch.events as readonly Recorded<Event>[]) {
      const step = { event, keys: this.projection.keys(event) };
      steps.push(step);
      keys += step.keys.length;
      if (keys < MOST_AT_ONCE) continue;
      await this.#handOn(await this.#fold(steps), event.position);
      steps = [];
      keys = 0;
    }
    const changed = await this.#fold(steps);
    this.#matched ||= batch.events.length > 0;
    await this.#handOn(changed, batch.position);
  }

  /** The listeners come first: if one throws, the batch is taken again and they are told again. */
  async #handOn(changed: readonly Stored<Doc>[], position: Position): Promise<void> {
    this.listeners.folded(changed, position);
    this.#behind.add(changed, position);
    await this.#behind.room();
  }

  /** Documents that were just read need not be read again to be folded. */
  haveRead(documents: readonly Stored<Doc>[]): void {
    for (const stored of documents) {
      if (!this.#behind.get(stored.id) && !this.#recent.get(stored.id)) this.#recent.set(stored.id, stored);
    }
  }

  /** Somebody waits: what is folded is stored now. */
  hurry(): void {
    this.#behind.hurry();
  }

  /** Stores what is folded, if that can be done at once. */
  stop(): Promise<void> {
    this.#stopped = true;
    this.#idle.cancel();
    return this.#behind.stop();
  }

  /** A relational fold sees the other documents, all of them held in memory. */
  async #takeRelational(batch: Batch): Promise<void> {
    const all = (this.#all ??= await this.#load());
    try {
      const changed = new Map<string, Stored<Doc>>();
      for (const event of batch.events) {
        for (const stored of all.apply(event as Recorded<Event>)) changed.set(stored.id, stored);
      }
      this.#matched ||= batch.events.length > 0;
      await this.#handOn([...changed.values()], batch.position);
    } catch (error) {
      // What is in memory is ahead of the batch that will be repeated.
      this.#all = undefined;
      throw error;
    }
  }

  async #load(): Promise<DocumentMap<Doc, Event>> {
    // Before the stored ones are read: what is stored meanwhile may be missing from both otherwise.
    const unsaved = this.#behind.unsaved();
    const { projection, documents } = this;
    const all = await documentsAt(projection, documents, this.options.store, this.#behind.position);
    unsaved.forEach((stored) => all.put(stored));
    return all;
  }

  async #fold(steps: readonly Step<Event>[]): Promise<Stored<Doc>[]> {
    const known = await this.#read(new Set(steps.flatMap((step) => step.keys)));
    const changed = new Map<string, Stored<Doc>>();
    for (const { event, keys } of steps) {
      for (const id of keys) {
        const before = known.get(id);
        if (before && before.position >= event.position) {
          if (this.options.shared) changed.set(id, before);
          continue;
        }
        const document = this.projection.fold(before?.document, event, id, nothingElse);
        if (document === undefined || document === before?.document) continue;
        const stored = { id, position: event.position, document };
        known.set(id, stored);
        changed.set(id, stored);
      }
    }
    return [...changed.values()];
  }

  async #read(ids: ReadonlySet<string>): Promise<Map<string, Stored<Doc>>> {
    const known = new Map<string, Stored<Doc>>();
    const missing: string[] = [];
    for (const id of ids) {
      const stored = this.#behind.get(id) ?? this.#recent.get(id);
      if (stored) known.set(id, stored);
      else missing.push(id);
    }
    if (missing.length === 0) return known;
    for (const stored of await this.documents.getMany(missing)) {
      known.set(stored.id, stored);
      // A fold may leave it as it is: it is not stored then, and would be read again.
      this.#recent.set(stored.id, stored);
    }
    return known;
  }
}

/** Only a relational projection may ask for documents beside its own. */
const nothingElse: Documents<never> = {
  get: () => undefined,
  where: () => [],
};
