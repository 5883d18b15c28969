import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { EVENT_STORE, type EventStore } from '../event-store/index.ts';
import type { DomainEvent, Saga } from '../kernel/index.ts';
import { OWNERSHIPS, soleOwnerships, type Ownership, type Ownerships } from '../leases/index.ts';
import { READ_MODEL, type ReadModel } from '../read-model/index.ts';
import { LOGGER, type Logger } from '../runtime/index.ts';
import { OwnedTasks, TASK_LEASE_MS } from './owned-tasks.ts';
import type { Following } from './progress.ts';
import { SagaRunner } from './saga-runner.ts';

/** Every saga of the installation. */
@Injectable()
export class Sagas {
  readonly #runners = new Map<string, SagaRunner>();
  readonly #ownership: Ownership;
  readonly #tasks: OwnedTasks;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(READ_MODEL) private readonly readModel: ReadModel,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly commands: CommandBus,
    @Inject(OWNERSHIPS) ownerships: Ownerships = soleOwnerships,
  ) {
    this.#ownership = ownerships('sagas', TASK_LEASE_MS);
    this.#tasks = new OwnedTasks(this.#ownership, logger, (name) => this.#runners.get(name));
  }

  add<Event extends DomainEvent, Doc extends object>(saga: Saga<Event, Doc>): void {
    const { store, readModel, commands, logger } = this;
    const runner = new SagaRunner(saga as unknown as Saga, store, readModel, commands, logger, this.#ownership.shared);
    this.#runners.set(saga.name, runner);
  }

  start(): Promise<void> {
    return this.#tasks.start([...this.#runners.keys()]);
  }

  stop(): Promise<void> {
    return this.#tasks.stop();
  }

  /** Resolves once everything that is in the store at this moment has been reacted to. */
  async caughtUp(): Promise<void> {
    await Promise.all(this.followers().map((follower) => follower.caughtUp()));
  }

  /** How far they are in other processes. */
  async look(): Promise<void> {
    await Promise.all([...this.#runners.values()].map((runner) => runner.look()));
  }

  follower(name: string): Following | undefined {
    return this.#runners.get(name)?.following;
  }

  followers(): Following[] {
    return [...this.#runners.values()].flatMap((runner) => runner.following ?? []);
  }
}
