import type { EventStore } from '../event-store/index.ts';
import { START, type DomainEvent, type Position, type Projection, type Recorded } from '../kernel/index.ts';
import type { Collection, Stored } from '../read-model/index.ts';
import type { Logger } from '../runtime/index.ts';
import { DocumentMap } from './document-map.ts';
import { documentsAt } from './documents-at.ts';
import { Follower } from './follower.ts';
import { soundCheckpoint } from './stored-elsewhere.ts';

/**
 * A projection's documents held in memory, for what every request or attempt looks up. It starts from the stored documents and
 * follows the store by itself, in every process, whether or not that process owns the projection.
 */
export class ResidentDocuments<Doc extends object, Event extends DomainEvent = DomainEvent> extends DocumentMap<
  Doc,
  Event
> {
  #follower: Follower | undefined;
  readonly #listeners = new Set<(changed: readonly Stored<Doc>[]) => void>();

  constructor(
    private readonly resident: Projection<Doc, Event>,
    private readonly stored: Collection<Doc> & { readonly stale: boolean },
    private readonly store: EventStore,
    private readonly logger: Logger,
  ) {
    super(resident);
  }

  get follower(): Follower | undefined {
    return this.#follower;
  }

  /** Calls the listener after each batch that changed documents, with those. */
  onChange(listener: (changed: readonly Stored<Doc>[]) => void): void {
    this.#listeners.add(listener);
  }

  async start(): Promise<void> {
    const after = await this.#begin();
    this.#follower = new Follower(this.store, this.logger, {
      name: `${this.resident.name} (resident)`,
      categories: this.resident.categories,
      after,
      handle: async (batch) => {
        const changed = batch.events.flatMap((event) => this.apply(event as Recorded<Event>));
        if (changed.length > 0) this.#listeners.forEach((listener) => listener(changed));
      },
    });
    this.#follower.start();
    await this.#follower.caughtUp();
  }

  /** What another process has yet to make of this history, or by this fold, is folded from the events. */
  async #begin(): Promise<Position> {
    const after = await soundCheckpoint(this.stored, this.store);
    if (after === undefined) return START;
    if (this.resident.relational) this.adopt(await documentsAt(this.resident, this.stored, this.store, after));
    else await this.load(this.stored);
    return after;
  }

  async stop(): Promise<void> {
    await this.#follower?.stop();
  }

  async caughtUp(): Promise<void> {
    await this.#follower?.caughtUp();
  }
}
