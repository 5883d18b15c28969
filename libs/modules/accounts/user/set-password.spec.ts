import { describe, expect, it } from '@jest/globals';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { ada, by, linkNumber } from './testing/people.ts';
import { SetPassword } from './user.commands.ts';
import { user } from './user.decider.ts';
import type { UserEvent } from './user.events.ts';

const { given } = specify(user);
const { userId, workspaceId } = ada;
const of = { userId, workspaceId };

const passwordSet = (sessionEpoch: number, by: 'link' | 'user', passwordHash: string): UserEvent => ({
  type: 'PasswordSet',
  data: { ...of, passwordHash, by, sessionEpoch },
});
const pending: UserEvent[] = [{ type: 'UserInvited', data: { ...ada, role: 'viewer' } }];
const active = [...pending, passwordSet(1, 'link', 'scrypt$1')];
/** By the user, who was asked for the password before in this epoch of their sessions. */
const change = (sessionEpoch: number) =>
  new SetPassword({ by: 'user', userId, passwordHash: 'scrypt$2', sessionEpoch }, by(`user:${userId}`));

describe('a user who changes their password', () => {
  it('ends all sessions', () => {
    given(active)
      .when(change(1))
      .then([passwordSet(2, 'user', 'scrypt$2')]);
    given(pending).when(change(0)).thenRefused('conflict');
  });

  it('comes too late when all sessions have ended, or another password was set, since they were asked for the one before', () => {
    const ended: UserEvent = { type: 'UserSessionsEnded', data: { ...of, sessionEpoch: 2 } };
    for (const since of [ended, passwordSet(2, 'link', 'scrypt$3')]) {
      given([...active, since])
        .when(change(1))
        .thenRefused('conflict');
    }
  });
});

describe('a user who is removed', () => {
  it('keeps neither a password nor a link', () => {
    const link: UserEvent = { type: 'PasswordLinkIssued', data: { ...of, purpose: 'reset', ...linkNumber(1) } };
    const removed: UserEvent = { type: 'UserRemoved', data: { ...of, sessionEpoch: 2 } };
    expect([...active, link, removed].reduce(user.evolve, user.initialState())).toMatchObject({
      status: 'removed',
      passwordHash: null,
      passwordLink: null,
    });
  });
});
