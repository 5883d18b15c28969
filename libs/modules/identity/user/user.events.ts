import type { DomainEvent } from '../../../platform/kernel/index.ts';

export type Role = 'operator';

/** `email` as it was given; `passwordHash` is a salted scrypt hash. */
export type UserRegistered = DomainEvent<
  'UserRegistered',
  { userId: string; email: string; passwordHash: string; roles: readonly Role[]; workspaceId: string }
>;

export type UserEvent = UserRegistered;
