import type { Instant, Projection } from '../../../platform/kernel/index.ts';
import type { ConsoleLinkEvent } from '../console-link/console-link.events.ts';
import type { Role } from '../roles.ts';
import type { SessionEvent } from './session.events.ts';

/** A session counts while it has neither ended nor expired, and while `of` stands as it did when it began. */
export type SessionDocument = {
  readonly sessionId: string;
  /** SHA-256 of what the cookie has, in base64url. */
  readonly tokenHash: string;
  readonly expiresAt: Instant;
  readonly endedAt: Instant | null;
  readonly of:
    | { readonly kind: 'user'; readonly userId: string; readonly epoch: number }
    | {
        readonly kind: 'link';
        readonly linkId: string;
        readonly label: string;
        readonly role: Role;
        readonly workspaceId: string;
        readonly embedIn: string | null;
      };
};

/** Of users, and of console links. */
export const sessions: Projection<SessionDocument, SessionEvent | ConsoleLinkEvent> = {
  name: 'sessions',
  version: 1,
  categories: ['session', 'consoleLink'],
  fields: [],
  byPosition: false,
  keys: ({ type, data }) => (type === 'ConsoleLinkIssued' || data.sessionId === null ? [] : [data.sessionId]),
  fold: (document, event) => {
    switch (event.type) {
      case 'SessionStarted': {
        const { sessionId, tokenHash, expiresAt, userId, epoch } = event.data;
        return document ?? { sessionId, tokenHash, expiresAt, endedAt: null, of: { kind: 'user', userId, epoch } };
      }
      case 'ConsoleLinkOpened': {
        const { sessionId, sessionTokenHash, sessionExpiresAt, ...opened } = event.data;
        const { linkId, label, role, workspaceId, embedIn } = opened;
        const of = { kind: 'link' as const, linkId, label, role, workspaceId, embedIn };
        return document ?? { sessionId, tokenHash: sessionTokenHash, expiresAt: sessionExpiresAt, endedAt: null, of };
      }
      case 'SessionEnded':
      case 'ConsoleLinkRevoked':
        return document && { ...document, endedAt: document.endedAt ?? event.metadata.at };
      case 'ConsoleLinkIssued':
        return undefined;
    }
  },
};
