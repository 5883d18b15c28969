import type { DomainEvent, Instant } from '../../../platform/kernel/index.ts';
import type { PasswordLinkPurpose } from '../user/user.events.ts';

/** The mail with one password link. It is owed from the moment at which the link is issued. */
type OfMail = {
  readonly linkId: string;
  readonly userId: string;
  readonly workspaceId: string;
  readonly purpose: PasswordLinkPurpose;
  readonly address: string;
};
/** `place`: the server it was handed over to, as host:port, or the file. */
export type AccountMailSent = DomainEvent<'AccountMailSent', OfMail & { attempt: number; place: string }>;
/** `refused`: for good. `nextAttemptAt` is null when it is given up. */
export type AccountMailFailed = DomainEvent<
  'AccountMailFailed',
  OfMail & { attempt: number; error: string; refused: boolean; nextAttemptAt: Instant | null }
>;
/** `expired`: the link. `void`: the link was used or replaced, or the user was removed. */
export type AccountMailSkipped = DomainEvent<'AccountMailSkipped', OfMail & { reason: 'expired' | 'void' }>;

export type AccountMailEvent = AccountMailSent | AccountMailFailed | AccountMailSkipped;
