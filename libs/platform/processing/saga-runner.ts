import type { CommandBus } from '@nestjs/cqrs';
import type { Batch, EventStore } from '../event-store/index.ts';
import { START, type DomainEvent, type Position, type Projection, type Recorded, type Saga } from '../kernel/index.ts';
import type { Collection, ReadModel, Stored } from '../read-model/index.ts';
import { runInContext, type Logger } from '../runtime/index.ts';
import type { DocumentMap } from './document-map.ts';
import { documentsAt } from './documents-at.ts';
import { Follower } from './follower.ts';
import { Later } from './later.ts';
import type { Following } from './progress.ts';
import { soundCheckpoint, StoredElsewhere } from './stored-elsewhere.ts';

/** In events. After a crash a saga reacts again to what is within it, and to the batch in hand. */
const CHECKPOINT_EVERY = 1_000;
/** Other processes wait for what it has reacted to. */
const SHARED_CHECKPOINT_WITHIN_MS = 50;
/** After it could not be stored. */
const CHECKPOINT_AGAIN_MS = 1_000;

/**
 * Runs one saga: fold, react, execute what it asks for, and only then move the position. Documents that changed are stored with their
 * batch; as long as none do, the checkpoint is stored now and then, and by a stop.
 */
export class SagaRunner {
  #documents: DocumentMap<object, DomainEvent> | undefined;
  #follower: Follower | undefined;
  #stored: Collection<object> | undefined;
  #checkpoint: Position = START;
  #elsewhere: StoredElsewhere | undefined;
  readonly #soon = new Later(SHARED_CHECKPOINT_WITHIN_MS, () => void this.#storeCheckpoint());

  constructor(
    private readonly saga: Saga,
    private readonly store: EventStore,
    private readonly readModel: ReadModel,
    private readonly commands: Pick<CommandBus, 'execute'>,
    private readonly logger: Logger,
    /** Whether other processes wait for it, or run it in their turn. */
    private readonly shared = false,
  ) {}

  get follower(): Follower | undefined {
    return this.#follower;
  }

  /** Here or in the process that runs it. */
  get following(): Following | undefined {
    const { name, categories } = this.saga;
    const elsewhere = this.#elsewhere;
    if (this.#follower || !elsewhere) return this.#follower;
    return {
      name,
      categories,
      get position() {
        return elsewhere.position;
      },
      get failure() {
        return elsewhere.failure;
      },
      reached: (position, withinMs) => elsewhere.reached(position, withinMs),
      caughtUp: async () => elsewhere.reached(await this.store.head()),
    };
  }

  /** How far it is in another process, if nobody waits for it. */
  async look(): Promise<void> {
    await this.#elsewhere?.look();
  }

  /** Another process runs it. */
  async watch(): Promise<void> {
    await this.stop();
    const stored = await this.readModel.live(this.#projection);
    this.#elsewhere = new StoredElsewhere(() => soundCheckpoint(stored, this.store));
  }

  async start(): Promise<void> {
    const projection = this.#projection;
    const stored = await this.readModel.live(projection);
    if ((await soundCheckpoint(stored, this.store)) === undefined) {
      await this.readModel.rebuild(projection);
      await this.readModel.swap(projection.name);
    }
    this.#stored = stored;
    this.#documents = undefined;
    this.#checkpoint = await stored.checkpoint();
    this.#follower = new Follower(this.store, this.logger, {
      name: this.saga.name,
      categories: this.saga.categories,
      after: this.#checkpoint,
      handle: (batch) => this.#handle(projection, stored, batch),
    });
    this.#follower.start();
  }

  /** A checkpoint that cannot be stored is left where it is. */
  async stop(): Promise<void> {
    this.#soon.cancel();
    this.#elsewhere?.end();
    this.#elsewhere = undefined;
    await this.#follower?.stop();
    await this.#storeCheckpoint();
    this.#soon.cancel();
    this.#follower = undefined;
  }

  get #projection(): Projection {
    return this.saga.documents ?? memoryless(this.saga);
  }

  async #storeCheckpoint(): Promise<void> {
    const { position = START } = this.#follower ?? {};
    if (!this.#stored || position <= this.#checkpoint) return;
    try {
      await this.#stored.commit([], position);
      this.#checkpoint = position;
    } catch (error) {
      this.logger.warn({ err: error, saga: this.saga.name, position }, 'checkpoint not stored, will react again');
      if (this.shared) this.#soon.ask(CHECKPOINT_AGAIN_MS);
    }
  }

  async #handle(projection: Projection, stored: Collection<object>, batch: Batch): Promise<void> {
    this.#documents ??= await documentsAt(projection, stored, this.store, this.#follower?.position ?? this.#checkpoint);
    try {
      const changed = await this.#react(this.#documents, batch.events);
      const isFar = batch.position - this.#checkpoint >= CHECKPOINT_EVERY * this.store.stride;
      if (changed.length === 0 && !isFar) return this.shared ? this.#soon.ask() : undefined;
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
