import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CONFIG, type Config } from '../../../platform/config/index.ts';
import { EVENT_STORE, type EventStore } from '../../../platform/event-store/index.ts';
import type { Clock, Ids } from '../../../platform/kernel/index.ts';
import { OWNERSHIPS, soleOwnerships, type Ownership, type Ownerships } from '../../../platform/leases/index.ts';
import { MAILER, type Mailer } from '../../../platform/mail/index.ts';
import {
  InjectResident,
  OwnedTasks,
  Projections,
  TASK_LEASE_MS,
  type ResidentDocuments,
} from '../../../platform/processing/index.ts';
import type { Collection, Stored } from '../../../platform/read-model/index.ts';
import { CLOCK, IDS, LOGGER, type Logger } from '../../../platform/runtime/index.ts';
import { notices, type NoticeDocument } from '../notice/notices.projection.ts';
import { webhookVersions, type WebhookVersionDocument } from '../webhook-version/webhook-versions.projection.ts';
import { DueNotices } from './due-notices.ts';
import { NoticeErrands } from './notice-errand.ts';
import { PresentFacts } from './present-facts.ts';

const GROUP = 'notices';
const SENDING = 'sending';
const EVERY_MINUTE = 60_000;

/**
 * In one process at a time, sends the notices that are owed as they become due, the longest due first. One is recorded before the next
 * is begun: of a process that is killed, no more than one mail comes twice.
 */
@Injectable()
export class NoticeSender {
  readonly #due = new DueNotices();
  readonly #idlers: (() => void)[] = [];
  readonly #ownership: Ownership;
  readonly #task: OwnedTasks;
  readonly #errands: NoticeErrands;
  #sending: Promise<void> | undefined;
  #subscribed = false;
  /** All that is owed is known. */
  #begun = false;
  #stopping = new AbortController();
  #cancelTimer = () => {};

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) ids: Ids,
    @Inject(LOGGER) logger: Logger,
    @Inject(MAILER) mailer: Mailer,
    @Inject(CONFIG) { mailFrom, publicUrl }: Pick<Config, 'mailFrom' | 'publicUrl'>,
    @InjectResident(webhookVersions) versions: ResidentDocuments<WebhookVersionDocument>,
    private readonly projections: Projections,
    @Inject(OWNERSHIPS) ownerships: Ownerships = soleOwnerships,
  ) {
    const mail = { mailer, mailFrom, publicUrl };
    const facts = new PresentFacts(store, versions, projections);
    this.#errands = new NoticeErrands({ store, clock, ids, logger, ...mail, facts, mayBegin: () => this.#mayBegin() });
    this.#ownership = ownerships(GROUP, TASK_LEASE_MS);
    const end = () => this.#end();
    const task = { start: () => this.#begin(), watch: end, giveUp: () => this.#stopping.abort(), stop: end };
    this.#task = new OwnedTasks(this.#ownership, logger, () => task);
  }

  start(): Promise<void> {
    return this.#task.start([SENDING]);
  }

  /** Resolves when nothing more is sent, and what was sent is recorded. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#task.stop();
  }

  /** A timer does not ring in time on a machine that slept, or whose clock was set meanwhile. */
  @Interval(GROUP, EVERY_MINUTE)
  wake(): void {
    this.#goOn();
  }

  /** Resolves when nothing is being sent, and whatever else is owed waits for the clock. */
  async idle(): Promise<void> {
    if (this.#sending) await new Promise<void>((resolve) => this.#idlers.push(resolve));
  }

  async #begin(): Promise<void> {
    this.#stopping = new AbortController();
    this.#due.clear();
    const { signal } = this.#stopping;
    const own = await this.projections.runner(notices);
    if (!this.#subscribed) own.onFolded((changed) => this.#look(changed));
    this.#subscribed = true;
    // Only what is read after it was reached, by those who listen already, leaves nothing between what is read and what is told.
    const stopped = new Promise<boolean>((resolve) => signal.addEventListener('abort', () => resolve(false)));
    const caughtUp = await Promise.race([stopped, own.reached(await this.store.head())]);
    if (signal.aborted) return;
    if (!caughtUp) throw new Error('The documents are not followed any more.');
    await this.#readOwed(own.documents, signal);
    if (signal.aborted) return;
    this.#begun = true;
    this.#goOn();
  }

  async #readOwed(documents: Collection<NoticeDocument>, signal: AbortSignal): Promise<void> {
    const query = { where: [{ field: 'dueAt', exists: true }], sort: { field: 'dueAt', direction: 'asc' } } as const;
    for (let cursor: string | null | undefined; cursor !== null && !signal.aborted;) {
      const page = await documents.find({ ...query, cursor });
      this.#look(page.items);
      cursor = page.nextCursor;
    }
  }

  async #end(): Promise<void> {
    this.#stopping.abort();
    this.#begun = false;
    await this.#sending;
    this.#due.clear();
    this.#goOn();
  }

  #look(changed: readonly Stored<NoticeDocument>[]): void {
    if (this.#stopping.signal.aborted) return;
    for (const { document } of changed) this.#due.set(document.noticeId, document.dueAt);
    this.#goOn();
  }

  /** Sends what is due, or waits for what will be. */
  #goOn(): void {
    if (this.#sending) return;
    this.#cancelTimer();
    if (this.#begun) {
      const now = this.clock.now();
      const noticeId = this.#due.take(now);
      if (noticeId !== undefined) {
        this.#sending = this.#run(noticeId);
        return;
      }
      const next = this.#due.nextAfter(now);
      if (next !== undefined) this.#cancelTimer = this.clock.at(next, () => this.#goOn());
    }
    for (const resolve of this.#idlers.splice(0)) resolve();
  }

  async #run(noticeId: string): Promise<void> {
    const { signal } = this.#stopping;
    try {
      const dueAt = await this.#errands.run(noticeId, signal);
      if (!signal.aborted) this.#due.set(noticeId, dueAt);
    } catch {
      // It was stopped: the notice is owed as before.
    }
    this.#sending = undefined;
    this.#goOn();
  }

  #mayBegin(): void {
    if (!this.#ownership.isSafeFor(SENDING, 0)) throw new Error('Another process may be sending notices.');
  }
}
