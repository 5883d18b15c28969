import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '../event-store/index.ts';
import type { DomainEvent, Position, Projection } from '../kernel/index.ts';
import { OWNERSHIPS, soleOwnerships, type Ownership, type Ownerships } from '../leases/index.ts';
import { READ_MODEL, type Collection, type ReadModel } from '../read-model/index.ts';
import { LOGGER, type Logger } from '../runtime/index.ts';
import { OwnedTasks, TASK_LEASE_MS } from './owned-tasks.ts';
import type { Following } from './progress.ts';
import { ProjectionRunner } from './projection-runner.ts';
import { ResidentDocuments } from './resident-documents.ts';

/** At start, what fails and has not moved for so long is no longer waited for. */
const PATIENCE_MS = 1_000;

/** Every projection of the installation: who runs them, and how far they are. */
@Injectable()
export class Projections {
  readonly #runners = new Map<string, ProjectionRunner>();
  readonly #residents = new Map<string, ResidentDocuments<object>>();
  readonly #ownership: Ownership;
  readonly #tasks: OwnedTasks;
  #stopped = false;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(READ_MODEL) private readonly readModel: ReadModel,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(OWNERSHIPS) ownerships: Ownerships = soleOwnerships,
  ) {
    this.#ownership = ownerships('projections', TASK_LEASE_MS);
    this.#tasks = new OwnedTasks(this.#ownership, logger, (name) => this.#runners.get(name));
  }

  /** Registers a projection; the answer is its documents, for queries. Registering twice is the same as once. */
  async add<Doc extends object, Event extends DomainEvent>(
    projection: Projection<Doc, Event>,
  ): Promise<Collection<Doc>> {
    return (await this.runner(projection)).documents;
  }

  async runner<Doc extends object, Event extends DomainEvent>(
    projection: Projection<Doc, Event>,
  ): Promise<ProjectionRunner<Doc, Event>> {
    const known = this.#runners.get(projection.name) as unknown as ProjectionRunner<Doc, Event> | undefined;
    if (known) return known;
    const documents = await this.readModel.live(projection);
    if (this.#runners.has(projection.name)) return this.runner(projection);
    const runner = new ProjectionRunner(
      projection,
      documents,
      this.store,
      this.readModel,
      this.logger,
      this.#ownership.shared,
    );
    this.#runners.set(projection.name, runner as unknown as ProjectionRunner);
    return runner;
  }

  /** The same documents, kept in this process's memory. */
  async resident<Doc extends object, Event extends DomainEvent>(
    projection: Projection<Doc, Event>,
  ): Promise<ResidentDocuments<Doc, Event>> {
    const known = this.#residents.get(projection.name) as unknown as ResidentDocuments<Doc, Event> | undefined;
    if (known) return known;
    const stored = (await this.runner(projection)).documents;
    if (this.#residents.has(projection.name)) return this.resident(projection);
    const resident = new ResidentDocuments(projection, stored, this.store, this.logger);
    this.#residents.set(projection.name, resident as unknown as ResidentDocuments<object>);
    return resident;
  }

  /**
   * Documents in memory are ready when this resolves. So are stored ones where there is one process, unless they fail: they have all
   * events, were they never folded before. Several processes go on to catch up, each with those that it owns.
   */
  async start(): Promise<void> {
    this.#stopped = false;
    await this.#tasks.start(this.names());
    if (!this.#ownership.shared) await this.#complete();
    for (const resident of this.#residents.values()) await resident.start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#residents.values()].map((resident) => resident.stop()));
    await this.#tasks.stop();
  }

  async rebuild(name: string): Promise<void> {
    const runner = this.#runners.get(name);
    if (!runner) throw new Error(`There is no projection ${name}.`);
    if (!this.#ownership.holds(name)) throw new Error(`Another process owns the projection ${name}.`);
    await runner.rebuild();
  }

  /** Whether the stored documents can be read at this moment. */
  async readable(): Promise<boolean> {
    const checkpoints = [...this.#runners.values()].map((runner) => runner.look());
    return (await Promise.allSettled(checkpoints)).every(({ status }) => status === 'fulfilled');
  }

  names(): string[] {
    return [...this.#runners.keys()];
  }

  /** Whether all that reads these categories has reached these positions, waiting up to `withinMs` for it. */
  async reached(positions: ReadonlyMap<string, Position>, withinMs: number): Promise<boolean> {
    const waits = this.followers().flatMap((follower) => {
      const wanted = Math.max(...follower.categories.map((category) => positions.get(category) ?? -1));
      return wanted < 0 ? [] : [follower.reached(wanted, withinMs)];
    });
    return (await Promise.all(waits)).every(Boolean);
  }

  /** Resolves once everything that is in the store at this moment is folded in, everywhere in this process. */
  async caughtUp(): Promise<void> {
    const head = await this.store.head();
    await Promise.all(this.followers().map((follower) => follower.reached(head)));
  }

  async #complete(): Promise<void> {
    const head = await this.store.head();
    await Promise.all([...this.#runners.values()].map((runner) => this.#reachedUnlessFailing(runner, head)));
  }

  async #reachedUnlessFailing(follower: Following, head: Position): Promise<void> {
    while (!this.#stopped) {
      const before = follower.position;
      if (await follower.reached(head, PATIENCE_MS)) return;
      if (follower.failure !== undefined && follower.position === before) return;
    }
  }

  followers(): Following[] {
    return [...this.runners(), ...this.residents()];
  }

  /** Of stored documents. */
  runners(): Following[] {
    return [...this.#runners.values()];
  }

  /** Of documents in this process's memory. */
  residents(): Following[] {
    return [...this.#residents.values()].flatMap((resident) => resident.follower ?? []);
  }
}
