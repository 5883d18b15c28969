import { describe, expect, it } from '@jest/globals';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { ada, BEGIN, by, HOUR, inviteAda, linkNumber, redeem } from './testing/people.ts';
import {
  ChangeUser,
  DismissNotice,
  EndUserSessions,
  IssuePasswordLink,
  RecordSignIn,
  RegisterUser,
  RemoveUser,
  SetPassword,
} from './user.commands.ts';
import { canonicalEmail, MOST_DISMISSALS, user } from './user.decider.ts';
import type { UserEvent } from './user.events.ts';

const { given, when } = specify(user);
const { userId, workspaceId } = ada;
const of = { userId, workspaceId };

const invited: UserEvent = { type: 'UserInvited', data: { ...ada, role: 'viewer' } };
const issued = (n: number, purpose: 'invitation' | 'reset' = 'invitation'): UserEvent => ({
  type: 'PasswordLinkIssued',
  data: { ...of, purpose, ...linkNumber(n) },
});
const passwordSet = (sessionEpoch = 1, by: 'link' | 'user' = 'link', passwordHash = 'scrypt$1'): UserEvent => ({
  type: 'PasswordSet',
  data: { ...of, passwordHash, by, sessionEpoch },
});
const removed = (sessionEpoch: number): UserEvent => ({ type: 'UserRemoved', data: { ...of, sessionEpoch } });
const pending = [invited, issued(1)];
const active = [...pending, passwordSet()];
const asked = (n: number, purpose: 'invitation' | 'reset') =>
  new IssuePasswordLink({ userId, purpose, link: linkNumber(n) }, by());

describe('the first administrator', () => {
  const data = {
    ...{ userId, email: 'Ada@one.example', passwordHash: 'scrypt$1' },
    ...{ roles: ['operator' as const], workspaceId: 'root' },
  };
  const registered: UserEvent = { type: 'UserRegistered', data };

  it('is registered, and may sign in', () => {
    when(new RegisterUser(data, by())).then([registered]);
    expect(user.evolve(undefined, registered)).toMatchObject({ status: 'active', role: 'operator', operatorTerm: 1 });
  });

  it('keeps their password when they are registered again', () => {
    given([registered])
      .when(new RegisterUser({ ...data, email: 'ada@one.example', passwordHash: 'scrypt$2' }, by()))
      .thenNothing();
  });

  it('is nobody else', () => {
    const other = { ...data, email: 'bob@one.example' };
    given([registered]).when(new RegisterUser(other, by())).thenRefused('conflict');
  });

  it('stays removed', () =>
    given([...active, removed(2)])
      .when(new RegisterUser(data, by()))
      .thenNothing());
});

describe('an e-mail address', () => {
  it('is compared without regard to case', () => expect(canonicalEmail('Ada@One.example')).toBe('ada@one.example'));

  it('belongs to one user, invited or active', () => {
    given(pending)
      .when(inviteAda(2))
      .thenRefused('conflict', /another user/);
    given(active)
      .when(inviteAda(2))
      .thenRefused('conflict', /another user/);
  });

  it('can be invited again once its user was removed, with nothing left of before but that sessions stay ended', () => {
    const history = [...active, removed(2)];
    given(history)
      .when(inviteAda(2, 'owner'))
      .then([{ type: 'UserInvited', data: { ...ada, role: 'owner' } }, issued(2)]);
    const again = [...history, invited, issued(2)].reduce(user.evolve, user.initialState());
    expect(again).toMatchObject({ status: 'invited', passwordHash: null, sessionEpoch: 2, lastSignInAt: null });
  });
});

describe('a password link', () => {
  it('comes with the invitation', () => when(inviteAda()).then(pending));

  it('sets a password, and ends all sessions', () => given(pending).when(redeem(1)).then([passwordSet()]));

  it('sets nothing with another token', () => given(pending).when(redeem(9)).thenRefused('not-found'));

  it('is used once', () => given(active).when(redeem(1)).thenRefused('not-found'));

  it('counts until it expires', () => {
    given(pending)
      .when(redeem(1, BEGIN + HOUR - 1))
      .then([passwordSet()]);
    given(pending)
      .when(redeem(1, BEGIN + HOUR))
      .thenRefused('not-found');
  });

  it('is replaced by a newer one', () => {
    given(pending)
      .when(asked(2, 'invitation'))
      .then([issued(2)]);
    given([...pending, issued(2)])
      .when(redeem(1))
      .thenRefused('not-found');
    given([...pending, issued(2)])
      .when(redeem(2))
      .then([passwordSet()]);
  });

  it('is for a first password until there is one, and for another one from then on', () => {
    given(pending).when(asked(2, 'reset')).thenRefused('conflict');
    given(active).when(asked(2, 'invitation')).thenRefused('conflict');
    given(active)
      .when(asked(2, 'reset'))
      .then([issued(2, 'reset')]);
  });

  it('ends when the user is removed, and when they change the password themselves', () => {
    const resetting = [...active, issued(2, 'reset')];
    given([...resetting, removed(2)])
      .when(redeem(2))
      .thenRefused('not-found');
    given([...resetting, passwordSet(2, 'user')])
      .when(redeem(2))
      .thenRefused('not-found');
  });

  it('may give the user another name', () => {
    const { data, metadata } = redeem(1);
    const named = new SetPassword({ ...data, name: 'Ada Byron' } as SetPassword['data'], metadata);
    given(pending)
      .when(named)
      .then([passwordSet(), { type: 'UserChanged', data: { ...of, name: 'Ada Byron' } }]);
  });
});

describe('a user', () => {
  const change = (changes: { name?: string; role?: 'viewer' | 'owner' }) =>
    new ChangeUser({ userId, ...changes }, by());

  it('is changed in what is given, if it is something else', () => {
    given(active)
      .when(change({ role: 'owner', name: 'Ada' }))
      .then([{ type: 'UserChanged', data: { ...of, role: 'owner' } }]);
    given(active)
      .when(change({ role: 'viewer' }))
      .thenNothing();
  });

  it('is removed by another, once', () => {
    given(active)
      .when(new RemoveUser({ userId }, by()))
      .then([removed(2)]);
    given(active)
      .when(new RemoveUser({ userId }, by(`user:${userId}`)))
      .thenRefused('conflict');
    given([...active, removed(2)])
      .when(new RemoveUser({ userId }, by()))
      .thenRefused('not-found');
  });

  it('who is unknown or removed is not there to be changed', () => {
    when(change({ name: 'Bob' })).thenRefused('not-found');
    given([...active, removed(2)])
      .when(change({ name: 'Bob' }))
      .thenRefused('not-found');
  });

  it('is signed out everywhere', () => {
    const end = new EndUserSessions({ userId }, by());
    given(active)
      .when(end)
      .then([{ type: 'UserSessionsEnded', data: { ...of, sessionEpoch: 2 } }]);
    given(pending).when(end).thenNothing();
  });

  it('signs in, which is told once a minute', () => {
    const at = (ms: number) => new RecordSignIn({ userId }, by('user:ada', BEGIN + ms));
    const signedIn: UserEvent = { type: 'UserSignedIn', data: { ...of, at: BEGIN } };
    given(active).when(at(0)).then([signedIn]);
    given([...active, signedIn])
      .when(at(59_999))
      .thenNothing();
    given([...active, signedIn])
      .when(at(60_000))
      .then([{ type: 'UserSignedIn', data: { ...of, at: BEGIN + 60_000 } }]);
    given(pending).when(at(0)).thenRefused('conflict');
  });

  it('has read a pop-up once, and so many of them are known', () => {
    const dismissed = (n: number): UserEvent => ({ type: 'NoticeDismissed', data: { ...of, key: `version-${n}` } });
    const dismiss = (n: number) => new DismissNotice({ userId, key: `version-${n}` }, by());
    given(active)
      .when(dismiss(1))
      .then([dismissed(1)]);
    const many = [...active, ...Array.from({ length: MOST_DISMISSALS + 1 }, (_, n) => dismissed(n))];
    expect(many.reduce(user.evolve, undefined)?.dismissals).toHaveLength(MOST_DISMISSALS);
    given(many).when(dismiss(MOST_DISMISSALS)).thenNothing();
    given(many)
      .when(dismiss(0))
      .then([dismissed(0)]);
  });
});

describe('an operator who can sign in', () => {
  const operator = [{ ...invited, data: { ...ada, role: 'operator' } } as UserEvent, issued(1), passwordSet()];
  const demote = (letGo?: number) => new ChangeUser({ userId, role: 'viewer', letGo }, by());

  it('is demoted or removed only when that term was let go', () => {
    given(operator).when(demote()).thenRefused('conflict');
    given(operator).when(new RemoveUser({ userId }, by())).thenRefused('conflict');
    given(operator)
      .when(demote(1))
      .then([{ type: 'UserChanged', data: { ...of, role: 'viewer' } }]);
    given(operator)
      .when(new RemoveUser({ userId, letGo: 1 }, by()))
      .then([removed(2)]);
  });

  it('has another term each time they become one', () => {
    const changed = (role: 'viewer' | 'operator'): UserEvent => ({ type: 'UserChanged', data: { ...of, role } });
    const again = [...operator, changed('viewer'), changed('operator')];
    given(again).when(demote(1)).thenRefused('conflict');
    given(again)
      .when(demote(2))
      .then([changed('viewer')]);
  });

  it('may have another name at any time', () =>
    given(operator)
      .when(new ChangeUser({ userId, name: 'Ada B.' }, by()))
      .then([{ type: 'UserChanged', data: { ...of, name: 'Ada B.' } }]));
});
