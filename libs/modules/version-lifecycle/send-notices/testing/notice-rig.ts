import { setImmediate as turn } from 'node:timers/promises';
import { decideAndAppend, type AppendRequest, type EventStore } from '../../../../platform/event-store/index.ts';
import type { DomainEvent, Projection, Recorded } from '../../../../platform/kernel/index.ts';
import type { Ownerships } from '../../../../platform/leases/index.ts';
import type { Mailer } from '../../../../platform/mail/index.ts';
import { openMailer } from '../../../../platform/mail/open-mailer.ts';
import { headerOf, readMail } from '../../../../platform/mail/testing/read-mail.ts';
import { SmtpCatcher } from '../../../../platform/mail/testing/smtp-catcher.ts';
import { Projections, type ProjectionRunner } from '../../../../platform/processing/index.ts';
import { logger, type Stores } from '../../../../platform/processing/testing/stores.ts';
import type { Collection } from '../../../../platform/read-model/index.ts';
import { ManualClock, randomIds } from '../../../../platform/runtime/index.ts';
import type { OweNotice } from '../../notice/notice.commands.ts';
import { notice } from '../../notice/notice.decider.ts';
import type { NoticeEvent } from '../../notice/notice.events.ts';
import { notices, type NoticeDocument } from '../../notice/notices.projection.ts';
import { affected, BEGIN, oweNotice } from '../../notice/testing/notices.ts';
import { pinnedWebhooks } from '../../webhook-version/pinned-webhooks.projection.ts';
import {
  PostponeExpiration,
  ReleaseVersion,
  WithdrawVersion,
  type WebhookVersionCommand,
} from '../../webhook-version/webhook-version.commands.ts';
import { RELEASES, webhookVersion } from '../../webhook-version/webhook-version.decider.ts';
import { webhookVersions } from '../../webhook-version/webhook-versions.projection.ts';
import { NoticeSender } from '../notice-sender.ts';

export const MAIL_FROM = 'Carillon <carillon@sender.example>';

export type RigOptions = {
  readonly ownerships?: Ownerships;
  /** What the sender does with the store before an append, or after it. */
  readonly appending?: { readonly before?: () => Promise<void>; readonly after?: () => Promise<void> };
};

/** The sender of notices on real stores, and a mail server. */
export class NoticeRig {
  sender!: NoticeSender;
  documents!: Collection<NoticeDocument>;
  /** Tells the sender of what is not, or is not any more. */
  tell!: (document: NoticeDocument) => void;
  #projections!: Projections;
  #mailer!: Mailer;

  private constructor(
    readonly stores: Stores,
    readonly server: { current: SmtpCatcher },
    readonly clock: ManualClock,
  ) {}

  /** Version 2026-01-01 has just been superseded, with the first webhook on it. Nothing is started. */
  static async of(stores: Stores): Promise<NoticeRig> {
    const rig = new NoticeRig(stores, { current: await SmtpCatcher.start() }, new ManualClock(BEGIN));
    await rig.change(new ReleaseVersion({ ...release('2026-01-01'), supersedes: null }, rig.metadata()));
    await rig.change(new ReleaseVersion({ ...release('2026-11-01'), supersedes: '2026-01-01' }, rig.metadata()));
    await rig.pin(1);
    return rig;
  }

  /** Another process on the same stores, and with the same mail server. */
  beside(): NoticeRig {
    return new NoticeRig(this.stores, this.server, this.clock);
  }

  async start({ ownerships, appending = {} }: RigOptions = {}): Promise<void> {
    const { events, readModel } = this.stores;
    this.#projections = new Projections(events, readModel, logger, ownerships);
    const versions = await this.#projections.resident(webhookVersions);
    this.documents = await this.#projections.add(notices);
    await this.#projections.add(pinnedWebhooks);
    await this.#projections.start();
    this.#mailer = openMailer({ smtpUrl: this.server.current.url, mailFrom: MAIL_FROM, folder: '' });
    const config = { mailFrom: MAIL_FROM, publicUrl: 'https://hooks.example' };
    this.sender = new NoticeSender(
      withAppends(events, appending),
      this.clock,
      randomIds,
      logger,
      this.#mailer,
      config,
      versions as never,
      this.#overheard(await this.#projections.runner(notices)),
      ownerships,
    );
    this.stores.running({ stop: () => this.stop() });
    await this.sender.start();
  }

  async stop(): Promise<void> {
    await this.sender.stop();
    await this.#mailer.close();
    await this.#projections.stop();
  }

  /** As another process finds things. */
  async restart(options: RigOptions = {}): Promise<void> {
    await this.stores.reopen();
    await this.start(options);
  }

  async settled(): Promise<void> {
    for (let head = -2; head !== (await this.stores.events.head());) {
      head = await this.stores.events.head();
      await this.#projections.caughtUp();
      await this.sender.idle();
      await this.#projections.caughtUp();
    }
  }

  async pass(milliseconds: number): Promise<void> {
    this.clock.advance(milliseconds);
    await this.settled();
  }

  async owe(changes: Partial<OweNotice['data']> = {}, at = this.clock.now()): Promise<void> {
    const command = oweNotice(changes, at);
    await decideAndAppend(this.stores.events, randomIds, notice, `notice-${command.data.noticeId}`, command);
  }

  /** Makes the webhook `affected(n)`. */
  async pin(n: number, workspaceId = 'company1', version = '2026-01-01'): Promise<void> {
    await this.#webhook(n, 'WebhookCreated', { workspaceId, version });
  }

  async move(n: number, version = '2026-11-01'): Promise<void> {
    await this.#webhook(n, 'WebhookChanged', { version });
  }

  async remove(n: number): Promise<void> {
    await this.#webhook(n, 'WebhookRemoved', {});
  }

  async #webhook(n: number, type: string, data: object): Promise<void> {
    const { webhookId } = affected(n);
    const event: DomainEvent = { type, data: { webhookId, ...data } };
    await this.stores.append(`webhook-${webhookId}`, event);
  }

  async postpone(to: number): Promise<void> {
    await this.change(new PostponeExpiration({ version: '2026-01-01', expiresAt: to }, this.metadata()));
  }

  async withdraw(): Promise<void> {
    await this.change(new WithdrawVersion({ version: '2026-11-01', webhooks: 0 }, this.metadata()));
  }

  async change(command: WebhookVersionCommand): Promise<void> {
    await decideAndAppend(this.stores.events, randomIds, webhookVersion, `webhookVersion-${RELEASES}`, command);
  }

  /** The mails that came, in that order. */
  mails(): { to: string; subject: string; text: string }[] {
    return this.server.current.caught.map(({ raw, to }) => {
      const mail = readMail(raw);
      return { to: to.join(), subject: headerOf(mail, 'subject').join(), text: mail.text ?? '' };
    });
  }

  /** What became of a notice after it was owed. */
  async history(noticeId = 'n-1'): Promise<NoticeEvent[]> {
    const [, ...events] = (await this.stores.events.readStream(`notice-${noticeId}`)) as Recorded<NoticeEvent>[];
    return events.map(({ type, data }) => ({ type, data }) as NoticeEvent);
  }

  async document(noticeId = 'n-1'): Promise<NoticeDocument | undefined> {
    return (await this.documents.get(noticeId))?.document;
  }

  /** To whom and under which id, in the order in which they arrived. */
  arrived(): string[] {
    return this.server.current.caught.map(
      ({ raw, to }) => `${to.join()} ${headerOf(readMail(raw), 'message-id').join()}`,
    );
  }

  async until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) await turn();
  }

  #overheard(runner: ProjectionRunner<NoticeDocument, NoticeEvent>): Projections {
    const overheard: Pick<typeof runner, 'documents' | 'reached' | 'onFolded'> = {
      documents: runner.documents,
      reached: (...of) => runner.reached(...of),
      onFolded: (listener) => {
        this.tell = (document) => listener([{ id: document.noticeId, position: 0, document }], 0);
        runner.onFolded(listener);
      },
    };
    const runnerOf = (projection: Projection) =>
      projection.name === notices.name ? overheard : this.#projections.runner(projection);
    return { runner: async (projection: Projection) => runnerOf(projection) } as unknown as Projections;
  }

  metadata = () => ({ at: this.clock.now(), actor: 'client:tester', traceId: 'trace' });
}

const release = (version: string) => ({ version, notes: '', triggers: {} });

const withAppends = (store: EventStore, { before, after }: NonNullable<RigOptions['appending']>): EventStore => ({
  get waiting() {
    return store.waiting;
  },
  stride: store.stride,
  get failure() {
    return store.failure;
  },
  append: async (request: AppendRequest) => {
    await before?.();
    const recorded = await store.append(request);
    await after?.();
    return recorded;
  },
  readStream: (...of) => store.readStream(...of),
  readAll: (...of) => store.readAll(...of),
  head: () => store.head(),
  end: () => store.end(),
  follow: (...of) => store.follow(...of),
  close: () => store.close(),
});
