import type { DomainEvent, Instant, Sealed } from '../../../platform/kernel/index.ts';
import type { Role } from '../roles.ts';

/** `workspaceId`: the root of what the user reaches. */
type OfUser = { readonly userId: string; readonly workspaceId: string };

/** `invitation`: for the first password. `reset`: for another one. */
export type PasswordLinkPurpose = 'invitation' | 'reset';

/** The first administrator. `email` as it was given; `passwordHash` is a salted scrypt hash. */
export type UserRegistered = DomainEvent<
  'UserRegistered',
  OfUser & { email: string; passwordHash: string; roles: readonly 'operator'[] }
>;
/** Somebody new, or somebody who was removed: nothing of before is left but that sessions stay ended. */
export type UserInvited = DomainEvent<'UserInvited', OfUser & { email: string; name: string; role: Role }>;
/** The one link with which a password can be set; a mail with it is owed. `tokenHash`: SHA-256 in base64url; `token` for the mail alone. */
export type PasswordLinkIssued = DomainEvent<
  'PasswordLinkIssued',
  OfUser & {
    linkId: string;
    purpose: PasswordLinkPurpose;
    tokenHash: string;
    token: Sealed;
    expiresAt: Instant;
  }
>;
/** Ends all sessions, and the link. `by`: with a link from a mail, or by the user, who knew the one before. */
export type PasswordSet = DomainEvent<
  'PasswordSet',
  OfUser & { passwordHash: string; by: 'link' | 'user'; sessionEpoch: number }
>;
/** What is left out stays. */
export type UserChanged = DomainEvent<'UserChanged', OfUser & { name?: string; role?: Role }>;
/** Ends all sessions, and the link. */
export type UserRemoved = DomainEvent<'UserRemoved', OfUser & { sessionEpoch: number }>;
/** Sessions of an earlier epoch are over. */
export type UserSessionsEnded = DomainEvent<'UserSessionsEnded', OfUser & { sessionEpoch: number }>;
export type UserSignedIn = DomainEvent<'UserSignedIn', OfUser & { at: Instant }>;
/** A pop-up this user has read. */
export type NoticeDismissed = DomainEvent<'NoticeDismissed', OfUser & { key: string }>;

export type UserEvent =
  | UserRegistered
  | UserInvited
  | PasswordLinkIssued
  | PasswordSet
  | UserChanged
  | UserRemoved
  | UserSessionsEnded
  | UserSignedIn
  | NoticeDismissed;
