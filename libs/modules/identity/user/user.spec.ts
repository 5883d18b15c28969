import { describe, expect, it } from '@jest/globals';
import { derivedId, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { ClaimUserEmail, emailClaim, streamIdOfEmailClaim, type Claimed } from './email-claim.decider.ts';
import { RegisterUser } from './user.commands.ts';
import { canonicalEmail, user } from './user.decider.ts';
import type { UserEvent } from './user.events.ts';

const metadata: CommandMetadata = { at: 1_700_000_000_000, actor: 'system', traceId: 'trace' };
const [one, another] = [derivedId('user', 1), derivedId('user', 2)];

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
});

describe('an e-mail address', () => {
  const claim = (ownerId: string) =>
    new ClaimUserEmail({ value: canonicalEmail('Ada@One.example'), ownerId }, metadata);
  const claimed: Claimed = { type: 'Claimed', data: { kind: 'userEmail', value: 'ada@one.example', ownerId: one } };
  const { given, when } = specify(emailClaim);

  it('is claimed without regard to case, on a stream of its own', () => {
    when(claim(one)).then([claimed]);
    expect(streamIdOfEmailClaim(claim(one))).toBe('userEmail.ada@one.example');
    expect(ClaimUserEmail.schema.safeParse({ value: 'Ada@one.example', ownerId: one }).success).toBe(false);
  });

  it('stays with its owner', () => {
    given([claimed]).when(claim(one)).thenNothing();
    given([claimed]).when(claim(another)).thenRefused('conflict');
  });
});
