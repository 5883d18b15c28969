import type { Projection } from '../../../platform/kernel/index.ts';
import type { Scope } from '../scopes.ts';
import type { ApiClientEvent } from './api-client.events.ts';

export type ApiClientDocument = {
  readonly clientId: string;
  readonly name: string;
  readonly workspaceId: string;
  readonly scopes: readonly Scope[];
  readonly status: 'active' | 'revoked';
  readonly secretHash: string;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
  readonly secretRotatedAt: number | null;
  /** The first use on the last day that it was used. */
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
};

export const apiClients: Projection<ApiClientDocument, ApiClientEvent> = {
  name: 'api-clients',
  version: 2,
  categories: ['apiClient'],
  fields: [
    { field: 'workspaceId', type: 'text' },
    { field: 'status', type: 'text' },
    { field: 'issuedAt', type: 'number' },
  ],
  keys: (event) => [event.data.clientId],
  fold: (document, event) => {
    const { at } = event.metadata;
    if (event.type === 'ApiClientIssued') {
      const nothingYet = { secretRotatedAt: null, lastUsedAt: null, revokedAt: null };
      return document ?? { ...event.data, status: 'active', issuedAt: at, ...nothingYet };
    }
    if (!document) return undefined;
    switch (event.type) {
      case 'ApiClientSecretRotated':
        return { ...document, secretHash: event.data.secretHash, secretRotatedAt: at };
      case 'ApiClientScopesChanged':
        return { ...document, scopes: event.data.scopes };
      case 'ApiClientUsed':
        return { ...document, lastUsedAt: at };
      case 'ApiClientRevoked':
        return { ...document, status: 'revoked', revokedAt: at };
    }
  },
};
