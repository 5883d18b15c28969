import type { DomainEvent, Instant } from '../../../platform/kernel/index.ts';

/**
 * Somebody signed in. `tokenHash`: SHA-256 of what their cookie has, in base64url. `epoch`: that of the user's sessions then; what the
 * user may do is looked up at each request. `address` and `userAgent` of the request, to tell sessions apart.
 */
export type SessionStarted = DomainEvent<
  'SessionStarted',
  {
    sessionId: string;
    userId: string;
    tokenHash: string;
    epoch: number;
    expiresAt: Instant;
    address: string;
    userAgent: string;
  }
>;
/** Its user signed out there. */
export type SessionEnded = DomainEvent<'SessionEnded', { sessionId: string; userId: string }>;

export type SessionEvent = SessionStarted | SessionEnded;
