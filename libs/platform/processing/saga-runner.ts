import type { CommandBus } from '@nestjs/cqrs';
import type { Batch, EventStore } from '../event-store/index.ts';
import { START, type DomainEvent, type Position, type Projection, type Recorded, type Saga } from '../kernel/index.ts';
import type { Collection, ReadModel, Stored } from '../read-model/index.ts';
import { runInContext, type Logger } from '../runtime/index.ts';
import { DocumentMap } from './document-map.ts';
import { Follower, IDLE_CHECKPOINT_EVERY } from './follower.ts';

/** Runs one saga: fold, react, execute what it asks for, and only then move the checkpoint, stored with the documents it folds. */
export class SagaRunner {
  #documents: DocumentMap<object, DomainEvent> | undefined;
  #follower: Follower | undefined;
  #checkpoint: Position = START;

  constructor(
    private readonly saga: Saga,
    private readonly store: EventStore,
    private readonly readModel: ReadModel,
    private readonly commands: Pick<CommandBus, 'execute'>,
    private readonly logger: Logger,
  ) {}

  get follower(): Follower | undefined {
    return this.#follower;
  }

  async start(): Promise<void> {
    const projection = this.saga.documents ?? memoryless(this.saga);
    const stored = await this.readModel.live(projection);
    if (stored.stale || (await stored.checkpoint()) > (await this.store.head())) {
      await this.readModel.rebuild(projection);
      await this.readModel.swap(projection.name);
    }
    this.#checkpoint = await stored.checkpoint();
    this.#follower = new Follower(this.store, this.logger, {
      name: this.saga.name,
      categories: this.saga.categories,
      after: this.#checkpoint,
      handle: (batch) => this.#handle(projection, stored, batch),
    });
    this.#follower.start();
  }

  async stop(): Promise<void> {
    await this.#follower?.stop();
  }

  async #handle(projection: Projection, stored: Collection<object>, batch: Batch): Promise<void> {
    if (batch.events.length === 0 && batch.position - this.#checkpoint < IDLE_CHECKPOINT_EVERY) return;
    if (!this.#documents) {
      this.#documents = new DocumentMap(projection);
      await this.#documents.load(stored);
    }
    try {
      const changed = await this.#react(this.#documents, batch.events);
      await stored.commit(changed, batch.position);
      this.#checkpoint = batch.position;
    } catch (error) {
      // The documents are ahead of the batch that will be repeated: what they were at its events is only in the store.
      this.#documents = undefined;
      throw error;
    }
  }

  async #react(documents: DocumentMap<object, DomainEvent>, events: readonly Recorded[]): Promise<Stored<object>[]> {
    const changed = new Map<string, Stored<object>>();
    const executing: Promise<unknown>[] = [];
    try {
      for (const event of events) {
        for (const document of documents.apply(event)) changed.set(document.id, document);
        for (const command of this.saga.react(event, documents)) {
          const execution = runInContext(event.metadata.traceId, () => this.commands.execute(command));
          if (this.saga.parallel) executing.push(execution);
          else await execution;
        }
      }
    } finally {
      await Promise.allSettled(executing);
    }
    await Promise.all(executing);
    return [...changed.values()];
  }
}

/** A saga without documents still has a checkpoint to keep. */
const memoryless = (saga: Saga): Projection => ({
  name: saga.name,
  version: 1,
  categories: saga.categories,
  fields: [],
  keys: () => [],
  fold: () => undefined,
});
