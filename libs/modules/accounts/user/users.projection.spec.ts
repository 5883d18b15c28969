import { describe, it } from '@jest/globals';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import { ada, BEGIN, linkNumber } from './testing/people.ts';
import type { UserEvent } from './user.events.ts';
import { users } from './users.projection.ts';

const { userId, workspaceId } = ada;
const of = { userId, workspaceId };
const history = (...events: UserEvent[]) =>
  projecting(
    users,
    record(events, () => `user-${userId}`, BEGIN),
  );
const invited: UserEvent = { type: 'UserInvited', data: { ...ada, role: 'viewer' } };
const issued: UserEvent = {
  type: 'PasswordLinkIssued',
  data: { ...of, purpose: 'invitation', ...linkNumber(1) },
};
const set: UserEvent = { type: 'PasswordSet', data: { ...of, passwordHash: 'scrypt$1', by: 'link', sessionEpoch: 1 } };

describe('the document of a user', () => {
  it('of an installation from before there were roles is of an operator', () =>
    history({
      type: 'UserRegistered',
      data: { ...of, email: 'Ada@one.example', passwordHash: 'scrypt$1', roles: ['operator'] },
    }).then({
      [userId]: {
        ...{ userId, workspaceId, email: 'Ada@one.example', emailKey: 'ada@one.example', name: '', role: 'operator' },
        ...{ status: 'active', passwordHash: 'scrypt$1', sessionEpoch: 0, invitedAt: BEGIN, lastSignInAt: null },
        ...{ dismissals: [], passwordLink: null },
      },
    }));

  it('has the link that counts, and not its token', () => {
    const { linkId, tokenHash, expiresAt } = linkNumber(1);
    const passwordLink = { linkId, tokenHash, purpose: 'invitation', expiresAt };
    history(invited, issued).then({ [userId]: { status: 'invited', passwordHash: null, passwordLink } });
  });

  it('follows what becomes of them', () =>
    history(
      invited,
      issued,
      set,
      { type: 'UserSignedIn', data: { ...of, at: BEGIN + 9 } },
      { type: 'UserChanged', data: { ...of, role: 'owner' } },
      { type: 'NoticeDismissed', data: { ...of, key: 'version-1' } },
      { type: 'UserSessionsEnded', data: { ...of, sessionEpoch: 2 } },
    ).then({
      [userId]: {
        ...{ status: 'active', role: 'owner', name: 'Ada', sessionEpoch: 2, lastSignInAt: BEGIN + 9 },
        ...{ dismissals: ['version-1'], passwordLink: null, invitedAt: BEGIN },
      },
    }));

  it('of one who was removed and invited again begins anew', () => {
    const removed: UserEvent = { type: 'UserRemoved', data: { ...of, sessionEpoch: 2 } };
    history(invited, issued, set, removed).then({ [userId]: { status: 'removed', passwordHash: null } });
    const elsewhere: UserEvent = { type: 'UserInvited', data: { ...ada, workspaceId: 'company2', role: 'owner' } };
    history(invited, issued, set, removed, elsewhere).then({
      [userId]: { status: 'invited', workspaceId: 'company2', role: 'owner', sessionEpoch: 2, invitedAt: BEGIN + 4 },
    });
  });
});
