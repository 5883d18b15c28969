import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CONFIG, type Config } from '../../../platform/config/index.ts';
import { EVENT_STORE, type EventStore } from '../../../platform/event-store/index.ts';
import type { Clock, Ids } from '../../../platform/kernel/index.ts';
import { OWNERSHIPS, soleOwnerships, type Ownerships } from '../../../platform/leases/index.ts';
import { MAILER, type Mailer } from '../../../platform/mail/index.ts';
import { Errands, InjectResident, Projections, type ResidentDocuments } from '../../../platform/processing/index.ts';
import { CLOCK, IDS, LOGGER, type Logger } from '../../../platform/runtime/index.ts';
import { notices } from '../notice/notices.projection.ts';
import { webhookVersions, type WebhookVersionDocument } from '../webhook-version/webhook-versions.projection.ts';
import { NoticeErrands } from './notice-errand.ts';
import { PresentFacts } from './present-facts.ts';

const GROUP = 'notices';
const EVERY_MINUTE = 60_000;

/** In one process at a time, sends the notices that are owed as they become due; one is recorded before the next is begun. */
@Injectable()
export class NoticeSender {
  readonly #errands: Errands;

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(CLOCK) clock: Clock,
    @Inject(IDS) ids: Ids,
    @Inject(LOGGER) logger: Logger,
    @Inject(MAILER) mailer: Mailer,
    @Inject(CONFIG) { mailFrom, publicUrl }: Pick<Config, 'mailFrom' | 'publicUrl'>,
    @InjectResident(webhookVersions) versions: ResidentDocuments<WebhookVersionDocument>,
    projections: Projections,
    @Inject(OWNERSHIPS) ownerships: Ownerships = soleOwnerships,
  ) {
    const parts = { store, clock, logger };
    const mail = { mailer, mailFrom, publicUrl };
    const facts = new PresentFacts(store, versions, projections);
    const notice = new NoticeErrands({ ...parts, ...mail, ids, facts, mayBegin: () => this.#errands.mayBegin() });
    const run = (noticeId: string, stopping: AbortSignal) => notice.run(noticeId, stopping);
    this.#errands = new Errands({ ...parts, group: GROUP, projection: notices, run, projections, ownerships });
  }

  start(): Promise<void> {
    return this.#errands.start();
  }

  /** Resolves when nothing more is sent, and what was sent is recorded. */
  stop(): Promise<void> {
    return this.#errands.stop();
  }

  @Interval(GROUP, EVERY_MINUTE)
  wake(): void {
    this.#errands.wake();
  }

  /** Resolves when nothing is being sent, and whatever else is owed waits for the clock. */
  idle(): Promise<void> {
    return this.#errands.idle();
  }
}
