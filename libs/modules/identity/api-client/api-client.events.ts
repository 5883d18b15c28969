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
/** It asked for a token, or came with its secret, for the first time on this day (UTC, as 2026-11-02). */
export type ApiClientUsed = DomainEvent<'ApiClientUsed', { clientId: string; workspaceId: string; day: string }>;
/** Final. Its tokens end with it. */
export type ApiClientRevoked = DomainEvent<'ApiClientRevoked', { clientId: string; workspaceId: string }>;

export type ApiClientEvent =
  ApiClientIssued | ApiClientSecretRotated | ApiClientScopesChanged | ApiClientUsed | ApiClientRevoked;
