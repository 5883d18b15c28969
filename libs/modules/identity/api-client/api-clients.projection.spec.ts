import { describe, expect, it } from '@jest/globals';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import type { ApiClientEvent } from './api-client.events.ts';
import { viewOfApiClient } from './api-client.view.ts';
import { apiClients, type ApiClientDocument } from './api-clients.projection.ts';

const AT = 1_700_000_000_000;
const of = { clientId: 'c', workspaceId: 'w' };
const issued: ApiClientEvent = {
  type: 'ApiClientIssued',
  data: { ...of, name: 'Billing', scopes: ['events:read'], secretHash: 'scrypt$1' },
};
const fold = (...events: ApiClientEvent[]) =>
  projecting(
    apiClients,
    record(events, () => 'apiClient-c', AT),
  );

describe('a client', () => {
  it('is active from its issue on', () => {
    fold(issued).then({
      c: { ...issued.data, status: 'active', issuedAt: AT, secretRotatedAt: null, lastUsedAt: null, revokedAt: null },
    });
  });

  it('has the newest secret and the newest scopes', () => {
    fold(
      issued,
      { type: 'ApiClientSecretRotated', data: { ...of, secretHash: 'scrypt$2' } },
      { type: 'ApiClientScopesChanged', data: { ...of, scopes: ['events:publish'] } },
    ).then({ c: { secretHash: 'scrypt$2', scopes: ['events:publish'], secretRotatedAt: AT + 1, status: 'active' } });
  });

  it('was last used when the newest use was recorded', () => {
    const used = (day: string): ApiClientEvent => ({ type: 'ApiClientUsed', data: { ...of, day } });
    fold(issued, used('2026-11-02'), used('2026-11-03')).then({ c: { lastUsedAt: AT + 2, status: 'active' } });
  });

  it('is still there when it is revoked', () => {
    fold(issued, { type: 'ApiClientRevoked', data: of }).then({ c: { status: 'revoked', revokedAt: AT + 1 } });
  });

  it('is shown without the hash of its secret', () => {
    const { c } = fold(issued).documents as { c: ApiClientDocument };
    expect(JSON.stringify(viewOfApiClient(c))).not.toContain('scrypt');
  });
});
