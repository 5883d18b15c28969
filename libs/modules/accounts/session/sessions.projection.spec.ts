import { describe, expect, it } from '@jest/globals';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import type { ConsoleLinkEvent } from '../console-link/console-link.events.ts';
import type { SessionEvent } from './session.events.ts';
import { sessions } from './sessions.projection.ts';

const AT = 1_700_000_000_000;
const started: SessionEvent = {
  type: 'SessionStarted',
  data: {
    sessionId: 's',
    userId: 'u',
    tokenHash: 'h',
    epoch: 3,
    expiresAt: AT + 9,
    address: '192.0.2.1',
    userAgent: '',
  },
};
const ended: SessionEvent = { type: 'SessionEnded', data: { sessionId: 's', userId: 'u' } };
const grant = { linkId: 'l', workspaceId: 'w', role: 'owner' as const, label: 'Ana', embedIn: null };
const issued: ConsoleLinkEvent = {
  type: 'ConsoleLinkIssued',
  data: { ...grant, tokenHash: 't', expiresAt: AT + 5, sessionSeconds: 60 },
};
const opened: ConsoleLinkEvent = {
  type: 'ConsoleLinkOpened',
  data: { ...grant, sessionId: 'ls', sessionTokenHash: 'c', sessionExpiresAt: AT + 60 },
};
const revoked = (sessionId: string | null): ConsoleLinkEvent => ({
  type: 'ConsoleLinkRevoked',
  data: { linkId: 'l', workspaceId: 'w', sessionId },
});
const fold = (...events: (SessionEvent | ConsoleLinkEvent)[]) =>
  projecting(
    sessions,
    record(events, ({ type }) => (type.startsWith('Session') ? 'session-s' : 'consoleLink-l'), AT),
  );

describe('the session of a user', () => {
  it('is of the epoch it was started in', () => {
    fold(started).then({
      s: { tokenHash: 'h', expiresAt: AT + 9, endedAt: null, of: { kind: 'user', userId: 'u', epoch: 3 } },
    });
  });

  it('has ended since it ended first', () => fold(started, ended, ended).then({ s: { endedAt: AT + 1 } }));

  it('keeps nothing of where it was started', () => {
    expect(JSON.stringify(fold(started).documents)).not.toContain('192.0.2.1');
  });
});

describe('the session of a console link', () => {
  it('begins when the link is opened, and is what the link was issued for', () => {
    expect(fold(issued).documents).toEqual({});
    fold(issued, opened).then({
      ls: { sessionId: 'ls', tokenHash: 'c', expiresAt: AT + 60, endedAt: null, of: { kind: 'link', ...grant } },
    });
  });

  it('ends when the link is revoked', () => fold(issued, opened, revoked('ls')).then({ ls: { endedAt: AT + 2 } }));

  it('is none where the link was never opened', () => expect(fold(issued, revoked(null)).documents).toEqual({}));
});
