import { z } from 'zod';
import { scopeSchema } from '../scopes.ts';
import type { ApiClientDocument } from './api-clients.projection.ts';

export const apiClientView = z.object({
  clientId: z.string().describe('`client_id` of POST /oauth/token'),
  name: z.string(),
  workspaceId: z.string().describe('Its tokens reach this workspace and all descendants'),
  scopes: z.array(scopeSchema),
  status: z.enum(['active', 'revoked']),
  issuedAt: z.iso.datetime(),
  secretRotatedAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso
    .datetime()
    .nullable()
    .describe(
      'To the day: the first time that it asked for a token, or came with its secret, on the last day that it did',
    ),
  revokedAt: z.iso.datetime().nullable(),
});
export type ApiClientView = z.infer<typeof apiClientView>;

export const apiClientWithSecretView = apiClientView.extend({
  clientSecret: z.string().describe('`client_secret` of POST /oauth/token; shown this once'),
});
export type ApiClientWithSecretView = z.infer<typeof apiClientWithSecretView>;

export const apiClientExample: ApiClientView = {
  clientId: 'q3v0bY8mJ2x7cW5nK9dR4tL1sF6hG_pZ',
  name: 'Billing service',
  workspaceId: 'workspace123',
  scopes: ['events:publish', 'events:read'],
  status: 'active',
  issuedAt: '2026-11-01T09:30:00.000Z',
  secretRotatedAt: null,
  lastUsedAt: '2026-11-02T06:00:12.000Z',
  revokedAt: null,
};

export const apiClientWithSecretExample: ApiClientWithSecretView = {
  ...apiClientExample,
  clientSecret: 'Zt5'.padEnd(64, 'x'),
};

const iso = (at: number): string => new Date(at).toISOString();

/** Never the hash. */
export const viewOfApiClient = (client: ApiClientDocument): ApiClientView => ({
  clientId: client.clientId,
  name: client.name,
  workspaceId: client.workspaceId,
  scopes: [...client.scopes],
  status: client.status,
  issuedAt: iso(client.issuedAt),
  secretRotatedAt: client.secretRotatedAt === null ? null : iso(client.secretRotatedAt),
  lastUsedAt: client.lastUsedAt === null ? null : iso(client.lastUsedAt),
  revokedAt: client.revokedAt === null ? null : iso(client.revokedAt),
});
