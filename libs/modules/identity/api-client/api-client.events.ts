import type { DomainEvent } from '../../../platform/kernel/index.ts';
import type { Scope } from '../scopes.ts';

/** `secretHash` is a salted scrypt hash; the secret itself is in no event. */
export type ApiClientIssued = DomainEvent<
  'ApiClientIssued',
  { clientId: string; workspaceId: string; name: string; scopes: readonly Scope[]; secretHash: string }
>;
/** The old secret ends at once; tokens that were given for it live on until they expire. */
export type ApiClientSecretRotated = DomainEvent<
  'ApiClientSecretRotated',
  { clientId: string; workspaceId: string; secretHash: string }
>;
export type ApiClientScopesChanged = DomainEvent<
  'ApiClientScopesChanged',
  { clientId: string; workspaceId: string; scopes: readonly Scope[] }
>;
/** Final. Its tokens end with it. */
export type ApiClientRevoked = DomainEvent<'ApiClientRevoked', { clientId: string; workspaceId: string }>;

export type ApiClientEvent = ApiClientIssued | ApiClientSecretRotated | ApiClientScopesChanged | ApiClientRevoked;
