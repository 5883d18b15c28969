import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { EVENT_STORE, type EventStore } from '../event-store/index.ts';
import type { DomainEvent, Saga } from '../kernel/index.ts';
import { READ_MODEL, type ReadModel } from '../read-model/index.ts';
import { LOGGER, type Logger } from '../runtime/index.ts';
import type { Follower } from './follower.ts';
import { SagaRunner } from './saga-runner.ts';

/** Every saga of the installation. */
@Injectable()
export class Sagas {
  readonly #runners = new Map<string, SagaRunner>();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(READ_MODEL) private readonly readModel: ReadModel,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly commands: CommandBus,
  ) {}

  add<Event extends DomainEvent, Doc extends object>(saga: Saga<Event, Doc>): void {
    const runner = new SagaRunner(saga as unknown as Saga, this.store, this.readModel, this.commands, this.logger);
    this.#runners.set(saga.name, runner);
  }

  async start(): Promise<void> {
    for (const runner of this.#runners.values()) await runner.start();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#runners.values()].map((runner) => runner.stop()));
  }

  /** Resolves once everything that is in the store at this moment has been reacted to. */
  async caughtUp(): Promise<void> {
    await Promise.all(this.followers().map((follower) => follower.caughtUp()));
  }

  follower(name: string): Follower | undefined {
    return this.#runners.get(name)?.follower;
  }

  followers(): Follower[] {
    return [...this.#runners.values()].flatMap((runner) => runner.follower ?? []);
  }
}
