import { decideAndAppend, type EventStore } from '../../../platform/event-store/index.ts';
import type { Clock, CommandMetadata, Ids, Instant, Recorded } from '../../../platform/kernel/index.ts';
import { handOver, messageIdOf, type Mailer } from '../../../platform/mail/index.ts';
import { insist } from '../../../platform/processing/index.ts';
import type { Logger } from '../../../platform/runtime/index.ts';
import type { WorkspaceDirectory } from '../../identity/contract.ts';
import type { PasswordLinks } from '../password-link/password-links.ts';
import { user, type KnownUser } from '../user/user.decider.ts';
import type { PasswordLinkIssued, UserEvent } from '../user/user.events.ts';
import { accountLetter } from './account-letter.ts';
import { RecordAccountMail, SkipAccountMail, type AccountMailCommand } from './account-mail.commands.ts';
import { accountMail, type AccountMail } from './account-mail.decider.ts';
import type { AccountMailEvent } from './account-mail.events.ts';

export type ErrandParts = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly mailer: Mailer;
  readonly mailFrom: string;
  readonly publicUrl: string;
  readonly links: Pick<PasswordLinks, 'tokenOf'>;
  readonly directory: Pick<WorkspaceDirectory, 'get'>;
  /** @throws while another process may be sending. */
  readonly mayBegin: () => void;
};

type Owed = {
  readonly mail: AccountMailCommand['data']['mail'];
  readonly link: PasswordLinkIssued['data'];
  readonly state: AccountMail;
  readonly user: KnownUser;
  readonly dueAt: Instant;
  readonly traceId: string;
};

/** Brings one mail after the other a step further: sends it, or skips what is of no use any more, and records that. */
export class AccountMailErrands {
  constructor(private readonly parts: ErrandParts) {}

  /**
   * The streams are asked, and not the documents: what is recorded is not sent again. Resolves with when it is due next, null for never.
   * @throws when it is stopped before it has come to anything.
   */
  async run(mailKey: string, stopping: AbortSignal): Promise<Instant | null> {
    const [userId = '', linkId = ''] = mailKey.split('.');
    const insisting = <T>(step: () => Promise<T>) => insist(step, stopping, this.parts.logger, { userId, linkId });
    const owed = await insisting(() => this.#read(userId, linkId));
    if (!owed || owed.dueAt > this.parts.clock.now()) return owed?.dueAt ?? null;
    const reason = await insisting(async () => this.#uselessness(owed));
    const command = reason ? this.#skip(owed, reason) : await this.#send(owed);
    return insisting(() => this.#record(linkId, command));
  }

  async #read(userId: string, linkId: string): Promise<Owed | undefined> {
    const { store } = this.parts;
    const attempts = (await store.readStream(streamOf(linkId))) as readonly Recorded<AccountMailEvent>[];
    const state = attempts.reduce(accountMail.evolve, accountMail.initialState());
    if (state.status !== 'pending') return undefined;
    const history = (await store.readStream(`${user.category}-${userId}`)) as readonly Recorded<UserEvent>[];
    const known = history.reduce(user.evolve, user.initialState());
    const issued = history.find((event) => event.type === 'PasswordLinkIssued' && event.data.linkId === linkId);
    if (!known || issued?.type !== 'PasswordLinkIssued') return undefined;
    const { at, traceId } = issued.metadata;
    const { workspaceId, purpose } = issued.data;
    const mail = { linkId, userId, workspaceId, purpose, address: known.email };
    return { mail, link: issued.data, state, user: known, dueAt: state.nextAttemptAt ?? at, traceId };
  }

  #uselessness({ link, user: { passwordLink } }: Owed): SkipAccountMail['data']['reason'] | undefined {
    this.parts.mayBegin();
    if (passwordLink?.linkId !== link.linkId) return 'void';
    return this.parts.clock.now() >= link.expiresAt ? 'expired' : undefined;
  }

  async #send(owed: Owed): Promise<RecordAccountMail> {
    const { mailer, mailFrom, logger } = this.parts;
    const { mail, link } = owed;
    const make = () => ({
      messageId: messageIdOf('account', link.linkId, mailFrom),
      to: mail.address,
      ...this.#letter(owed),
    });
    const outcome = await handOver(mailer, make, logger, { linkId: link.linkId });
    return new RecordAccountMail({ mail, expiresAt: link.expiresAt, outcome }, this.#metadata(owed, outcome.is));
  }

  #letter({ mail, link, user: { name, role } }: Owed) {
    const { links, directory, publicUrl } = this.parts;
    const workspace = directory.get(mail.workspaceId);
    const workspaceName = workspace?.displayName || workspace?.companyName || mail.workspaceId;
    const url = `${publicUrl}/console/password#${links.tokenOf(link.linkId, link.token)}`;
    return accountLetter({ ...mail, name, role, workspaceName, expiresAt: link.expiresAt, url });
  }

  #skip(owed: Owed, reason: SkipAccountMail['data']['reason']): SkipAccountMail {
    return new SkipAccountMail({ mail: owed.mail, reason }, this.#metadata(owed, 'skipped'));
  }

  /** An append that is repeated, since nobody knows what became of it, counts once. */
  #metadata({ state: { attempts }, traceId }: Owed, step: string): CommandMetadata {
    return { at: this.parts.clock.now(), actor: 'system', traceId, idempotencyKey: `${attempts}:${step}` };
  }

  async #record(linkId: string, command: AccountMailCommand): Promise<Instant | null> {
    const { store, ids } = this.parts;
    const { state } = await decideAndAppend(store, ids, accountMail, streamOf(linkId), command);
    return state.nextAttemptAt;
  }
}

const streamOf = (linkId: string): string => `${accountMail.category}-${linkId}`;
