import { describe, expect, it } from '@jest/globals';
import { derivedId, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { RegisterUser } from './user.commands.ts';
import { canonicalEmail, user } from './user.decider.ts';
import type { UserEvent } from './user.events.ts';

const metadata: CommandMetadata = { at: 1_700_000_000_000, actor: 'system', traceId: 'trace' };
const one = derivedId('user', 1);

describe('a user', () => {
  const data = {
    userId: one,
    email: 'Ada@one.example',
    passwordHash: 'scrypt$1',
    roles: ['operator' as const],
    workspaceId: 'root',
  };
  const registered: UserEvent = { type: 'UserRegistered', data };
  const { given, when } = specify(user);

  it('is registered', () => when(new RegisterUser(data, metadata)).then([registered]));

  it('keeps their password when they are registered again', () => {
    given([registered])
      .when(new RegisterUser({ ...data, email: 'ada@one.example', passwordHash: 'scrypt$2' }, metadata))
      .thenNothing();
  });

  it('is nobody else', () => {
    given([registered])
      .when(new RegisterUser({ ...data, email: 'bob@one.example' }, metadata))
      .thenRefused('conflict');
  });

  it('has an address that is claimed without regard to case', () =>
    expect(canonicalEmail('Ada@One.example')).toBe('ada@one.example'));
});
