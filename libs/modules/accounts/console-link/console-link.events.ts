import type { DomainEvent, Instant } from '../../../platform/kernel/index.ts';
import type { Role } from '../roles.ts';

type OfLink = { readonly linkId: string; readonly workspaceId: string };

/** What the session of a link is. `embedIn`: the origin whose pages may show the console in a frame. */
type Grant = OfLink & { readonly role: Role; readonly label: string; readonly embedIn: string | null };

/** `tokenHash`: SHA-256 in base64url of what only the link has. It opens once, before `expiresAt`, for `sessionSeconds`. */
export type ConsoleLinkIssued = DomainEvent<
  'ConsoleLinkIssued',
  Grant & { tokenHash: string; expiresAt: Instant; sessionSeconds: number }
>;
/** Whoever had the link is signed in; nobody else will be. `sessionTokenHash` is of what their cookie has. */
export type ConsoleLinkOpened = DomainEvent<
  'ConsoleLinkOpened',
  Grant & { sessionId: string; sessionTokenHash: string; sessionExpiresAt: Instant }
>;
/** Final. The session that was opened with it, if any, ends. */
export type ConsoleLinkRevoked = DomainEvent<'ConsoleLinkRevoked', OfLink & { sessionId: string | null }>;

export type ConsoleLinkEvent = ConsoleLinkIssued | ConsoleLinkOpened | ConsoleLinkRevoked;
