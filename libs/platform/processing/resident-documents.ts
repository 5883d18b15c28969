import type { EventStore } from '../event-store/index.ts';
import type { DomainEvent, Position, Projection, Recorded } from '../kernel/index.ts';
import type { Collection, Stored } from '../read-model/index.ts';
import type { Logger } from '../runtime/index.ts';
import { DocumentMap } from './document-map.ts';
import { Follower } from './follower.ts';

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
    private readonly stored: Collection<Doc>,
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
    let after: Position;
    do {
      // Documents of several checkpoints would show a relational fold what came after its event.
      after = await this.stored.checkpoint();
      await this.load(this.stored);
    } while (after !== (await this.stored.checkpoint()));
    after = Math.min(after, await this.store.head());
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

  async stop(): Promise<void> {
    await this.#follower?.stop();
  }

  async caughtUp(): Promise<void> {
    await this.#follower?.caughtUp();
  }
}
