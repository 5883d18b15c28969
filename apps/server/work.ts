import { Inject, Injectable } from '@nestjs/common';
import { AccountMailSender } from '../../libs/modules/accounts/index.ts';
import { Ingestion, RedeliveryJobs, Sender } from '../../libs/modules/delivery/index.ts';
import { NoticeSender, VersionCalendar } from '../../libs/modules/version-lifecycle/index.ts';
import { CONFIG, type Config } from '../../libs/platform/config/index.ts';
import { EVENT_STORE, type EventStore } from '../../libs/platform/event-store/index.ts';
import { START } from '../../libs/platform/kernel/index.ts';
import { Projections, Sagas } from '../../libs/platform/processing/index.ts';

/** All that this process does without being asked. */
@Injectable()
export class Work {
  readonly #begun = Promise.withResolvers<void>();
  /** Resolves when it has begun, however long engines are away. */
  readonly begun = this.#begun.promise;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'roles'>,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    readonly projections: Projections,
    readonly sagas: Sagas,
    readonly sender: Sender,
    readonly redeliveries: RedeliveryJobs,
    private readonly calendar: VersionCalendar,
    private readonly notices: NoticeSender,
    private readonly accountMails: AccountMailSender,
    private readonly ingestion: Ingestion,
  ) {}

  /** @throws {StoreUnavailable | ReadModelUnavailable} when an engine is away: part of it may have begun, and `rest` ends that. */
  async begin(): Promise<void> {
    await this.sagas.start();
    if (this.config.roles.includes('worker')) {
      await this.sender.start();
      await this.redeliveries.start();
      await this.notices.start();
      await this.accountMails.start();
      await this.calendar.start();
      this.ingestion.start();
    }
    this.#begun.resolve();
  }

  /** Finishes and records what is in flight. */
  async rest(): Promise<void> {
    await this.ingestion.stop();
    await this.calendar.stop();
    await this.accountMails.stop();
    await this.notices.stop();
    await this.redeliveries.stop();
    await this.sender.stop();
    await this.sagas.stop();
  }

  /** Resolves when all that is in the store has been folded and reacted to, and what is due by now has been done as far as it can be. */
  async settled(): Promise<void> {
    const { projections, sagas, store } = this;
    for (let head = START - 1; head !== (await store.head());) {
      head = await store.head();
      await sagas.caughtUp();
      await projections.caughtUp();
      for (const each of [this.calendar, this.sender, this.redeliveries, this.notices, this.accountMails])
        await each.idle();
      await projections.caughtUp();
      // What had to be stored before it could be read is taken now.
      await this.sender.idle();
    }
  }
}
