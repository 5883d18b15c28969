import { describe, expect, it } from '@jest/globals';
import { originError } from './link-options.ts';
import { reasonsFor, rolesToGive } from './roles.ts';

const owner = { id: 'me', role: 'owner', mayWrite: true } as const;
const user = { id: 'u-1', role: 'viewer', status: 'active' } as const;

describe('the roles that can be given', () => {
  it('are those up to one’s own; others say why not', () => {
    expect(rolesToGive({ own: 'webhook-admin', isRoot: false })).toEqual([
      { role: 'viewer' },
      { role: 'webhook-admin' },
      { role: 'owner', reason: 'It may do more than you.' },
    ]);
  });

  it('have operators at the root alone', () => {
    expect(rolesToGive({ own: 'operator', isRoot: false }).map(({ role }) => role)).not.toContain('operator');
    expect(rolesToGive({ own: 'operator', isRoot: true }).at(-1)).toEqual({ role: 'operator' });
  });
});

describe('what can be done to a user', () => {
  it('is everything but another invitation, once they have a password', () => {
    expect(reasonsFor(user, owner)).toEqual({
      change: undefined,
      invite: 'They have a password already.',
      signOut: undefined,
      remove: undefined,
    });
  });

  it('is to invite again whoever has none', () => {
    const { invite, signOut } = reasonsFor({ ...user, status: 'invited' }, owner);
    expect([invite, signOut]).toEqual([undefined, 'They have not signed in yet.']);
  });

  it.each([
    ['somebody above', { ...user, role: 'operator' as const }, owner],
    ['somebody who is gone', { ...user, status: 'removed' as const }, owner],
    ['anybody, by who may only look', user, { ...owner, mayWrite: false }],
  ])('is nothing to %s', (_who, whom, me) => {
    expect(Object.values(reasonsFor(whom, me))).not.toContain(undefined);
  });

  it('is not to remove oneself', () => {
    expect(reasonsFor({ ...user, id: 'me' }, owner).remove).toMatch(/Nobody removes themselves/);
  });
});

describe('an origin to embed in', () => {
  it.each([
    ['', undefined],
    ['https://portal.example', undefined],
    ['http://localhost:3000', undefined],
    ['https://portal.example/', 'Enter the origin alone: https://portal.example.'],
    ['https://portal.example/a?b', 'Enter the origin alone: https://portal.example.'],
    ['portal.example', 'Enter scheme and host, for example https://portal.example.'],
    ['javascript:alert(1)', 'Enter scheme and host, for example https://portal.example.'],
  ])('"%s" is told: %s', (text, told) => expect(originError(text)).toBe(told));
});
