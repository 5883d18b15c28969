import { setImmediate as turn } from 'node:timers/promises';
import { decideAndAppend, type AppendRequest, type EventStore } from '../../../../platform/event-store/index.ts';
import type { Recorded } from '../../../../platform/kernel/index.ts';
import type { Ownerships } from '../../../../platform/leases/index.ts';
import type { Mailer } from '../../../../platform/mail/index.ts';
import { openMailer } from '../../../../platform/mail/open-mailer.ts';
import { headerOf, readMail } from '../../../../platform/mail/testing/read-mail.ts';
import { SmtpCatcher } from '../../../../platform/mail/testing/smtp-catcher.ts';
import { Projections } from '../../../../platform/processing/index.ts';
import { logger, type Stores } from '../../../../platform/processing/testing/stores.ts';
import { ManualClock, randomIds } from '../../../../platform/runtime/index.ts';
import { sealingKey } from '../../../../platform/sealing/index.ts';
import { PasswordLinks } from '../../password-link/password-links.ts';
import { ResidentUsers } from '../../user/resident-users.ts';
import { ada, BEGIN, by } from '../../user/testing/people.ts';
import { InviteUser, IssuePasswordLink, RemoveUser, SetPassword, type UserCommand } from '../../user/user.commands.ts';
import { user } from '../../user/user.decider.ts';
import { users } from '../../user/users.projection.ts';
import type { AccountMailEvent } from '../account-mail.events.ts';
import { AccountMailSender } from '../account-mail-sender.ts';
import { accountMails } from '../account-mails.projection.ts';

const MAIL_FROM = 'Carillon <carillon@sender.example>';
const CONFIG = { mailFrom: MAIL_FROM, publicUrl: 'https://hooks.example', host: '127.0.0.1', port: 3000 };
const key = sealingKey(Buffer.alloc(32, 7));

type Step = () => Promise<void>;
/** What the sender does with the store before an append, or after it. */
export type RigOptions = { readonly before?: Step; readonly after?: Step; readonly ownerships?: Ownerships };

/** The sender of mails with password links, on real stores, and a mail server. */
export class MailRig {
  readonly clock = new ManualClock(BEGIN);
  sender!: AccountMailSender;
  links!: PasswordLinks;
  #projections!: Projections;
  #mailer!: Mailer;

  private constructor(
    readonly stores: Stores,
    public server: SmtpCatcher,
  ) {}

  static async of(stores: Stores): Promise<MailRig> {
    const rig = new MailRig(stores, await SmtpCatcher.start());
    rig.links = new PasswordLinks(undefined as never, key, randomIds);
    return rig;
  }

  async start({ before, after, ownerships }: RigOptions = {}): Promise<void> {
    const { events, readModel } = this.stores;
    this.#projections = new Projections(events, readModel, logger);
    const residents = await this.#projections.resident(users);
    await this.#projections.add(users);
    await this.#projections.add(accountMails);
    await this.#projections.start();
    this.#mailer = openMailer({ smtpUrl: this.server.url, mailFrom: MAIL_FROM, folder: '' });
    this.links = new PasswordLinks(new ResidentUsers(residents), key, randomIds);
    this.sender = new AccountMailSender(
      withAppends(events, before, after),
      this.clock,
      randomIds,
      logger,
      this.#mailer,
      CONFIG,
      this.links,
      { get: (workspaceId: string) => ({ displayName: `The ${workspaceId}` }) } as never,
      this.#projections,
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

  /** Answers the id of the link. */
  async invite(): Promise<string> {
    const link = this.links.make(ada.userId, 'invitation', this.clock.now());
    await this.change(new InviteUser({ ...ada, role: 'owner', link }, this.#by()));
    return link.linkId;
  }

  async issue(purpose: 'invitation' | 'reset'): Promise<string> {
    const link = this.links.make(ada.userId, purpose, this.clock.now());
    await this.change(new IssuePasswordLink({ userId: ada.userId, purpose, link }, this.#by()));
    return link.linkId;
  }

  /** With the link of the last mail that came. */
  async redeem(): Promise<void> {
    const { user, tokenHash } = await this.links.open(this.tokens().at(-1) ?? '', this.clock.now());
    const set = { by: 'link', userId: user.userId, passwordHash: 'scrypt$1', tokenHash } as const;
    await this.change(new SetPassword(set, this.#by()));
  }

  remove(): Promise<void> {
    return this.change(new RemoveUser({ userId: ada.userId }, this.#by()));
  }

  async change(command: UserCommand): Promise<void> {
    await decideAndAppend(this.stores.events, randomIds, user, `user-${ada.userId}`, command);
  }

  mails() {
    return this.server.caught.map(({ raw, to }) => {
      const mail = readMail(raw);
      const [id, subject] = [headerOf(mail, 'message-id').join(), headerOf(mail, 'subject').join()];
      return { to: to.join(), id, subject, text: mail.text ?? '', html: mail.html ?? '' };
    });
  }

  /** Of the mails that came, in that order. */
  tokens(): string[] {
    return this.mails().flatMap(({ text }) => /\/console\/password#(\S+)/.exec(text)?.[1] ?? []);
  }

  async history(linkId: string): Promise<AccountMailEvent[]> {
    const events = (await this.stores.events.readStream(`accountMail-${linkId}`)) as Recorded<AccountMailEvent>[];
    return events.map(({ type, data }) => ({ type, data }) as AccountMailEvent);
  }

  /** Resolves when the sender has been told of all that is owed. */
  folded(): Promise<void> {
    return this.#projections.caughtUp();
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await turn();
  }

  #by = () => by('client:tester', this.clock.now());
}

const nothing: Step = async () => undefined;
const withAppends = (store: EventStore, before = nothing, after = nothing): EventStore =>
  new Proxy(store, {
    get: (target, name) => {
      if (name === 'append')
        return async (request: AppendRequest) => {
          await before();
          const recorded = await target.append(request);
          await after();
          return recorded;
        };
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
