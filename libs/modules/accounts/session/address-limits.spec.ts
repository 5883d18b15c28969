import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../../platform/runtime/index.ts';
import { LinkLimit } from '../password-link/link-limit.ts';
import { ResidentUsers, userIdOf } from '../user/resident-users.ts';
import type { UserDocument } from '../user/users.projection.ts';
import { PasswordCheck } from './password-check.ts';

const AT = 1_700_000_000_000;
const HERE = '192.0.2.1';
const ELSEWHERE = '192.0.2.2';
const emailOf = (n: number): string => `user-${n}@one.example`;

/** Has every address, and a password that nobody knows, of two rounds. */
const user: UserDocument = {
  ...{ userId: userIdOf(emailOf(0)), email: emailOf(0), emailKey: emailOf(0), name: '', workspaceId: 'root' },
  ...{ role: 'viewer', status: 'active', operatorTerm: 0, sessionEpoch: 1, invitedAt: AT },
  ...{ dismissals: [], lastSignInAt: null, passwordLink: null },
  passwordHash: `scrypt$2$8$${'A'.repeat(22)}$${'A'.repeat(43)}`,
};
const users = new ResidentUsers({ get: () => user, where: () => [], caughtUp: async () => undefined });

describe('one network address', () => {
  it('fails a hundred times to sign in, with as many e-mail addresses, before it has to wait', async () => {
    const check = new PasswordCheck(users, new ManualClock(AT));
    for (let n = 0; n < 100; n++) expect(await check.userOf(emailOf(n), 'wrong', HERE)).toBeUndefined();
    await expect(check.userOf(emailOf(100), 'wrong', HERE)).rejects.toMatchObject({ kind: 'too-many' });
    expect(await check.userOf(emailOf(100), 'wrong', ELSEWHERE)).toBeUndefined();
  });

  it('asks for thirty links an hour, for as many e-mail addresses', () => {
    const clock = new ManualClock(AT);
    const limit = new LinkLimit(clock);
    for (let n = 0; n < 30; n++) limit.take(emailOf(n), HERE);
    const another = () => limit.take(emailOf(30), HERE);
    expect(another).toThrow(expect.objectContaining({ kind: 'too-many' }));
    limit.take(emailOf(30), ELSEWHERE);
    clock.advance(120_000);
    expect(another).not.toThrow();
  });
});
