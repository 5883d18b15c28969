import { Refusal } from '../../../platform/kernel/index.ts';
import type { UserDocument } from '../user/users.projection.ts';
import type { LiveSession } from './live-sessions.ts';

/** @throws {Refusal} `forbidden` for the session of a console link: nobody in particular is signed in. */
export function requireUser({ of }: LiveSession): UserDocument {
  if (of.kind === 'user') return of.user;
  throw new Refusal('forbidden', 'This session was begun with a console link and belongs to no user.');
}
