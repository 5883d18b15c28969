import { conflict, notFound, type Decider } from '../../../platform/kernel/index.ts';
import type { Scope } from '../scopes.ts';
import type { ApiClientCommand } from './api-client.commands.ts';
import type { ApiClientEvent } from './api-client.events.ts';

export type ApiClient =
  | undefined
  | {
      readonly status: 'active' | 'revoked';
      readonly workspaceId: string;
      readonly scopes: readonly Scope[];
      readonly secretHash: string;
    };

function evolve(state: ApiClient, event: ApiClientEvent): ApiClient {
  if (event.type === 'ApiClientIssued') {
    const { workspaceId, scopes, secretHash } = event.data;
    return { status: 'active', workspaceId, scopes, secretHash };
  }
  if (!state) return undefined;
  switch (event.type) {
    case 'ApiClientSecretRotated':
      return { ...state, secretHash: event.data.secretHash };
    case 'ApiClientScopesChanged':
      return { ...state, scopes: event.data.scopes };
    case 'ApiClientRevoked':
      return { ...state, status: 'revoked' };
  }
}

function decide(command: ApiClientCommand, state: ApiClient): readonly ApiClientEvent[] {
  if (command.type === 'IssueApiClient') {
    if (state) throw conflict('A client with this id has been issued already.');
    return [{ type: 'ApiClientIssued', data: command.data }];
  }
  if (!state) throw notFound('The client');
  const { clientId } = command.data;
  const { workspaceId } = state;
  if (command.type === 'RevokeApiClient') {
    return state.status === 'revoked' ? [] : [{ type: 'ApiClientRevoked', data: { clientId, workspaceId } }];
  }
  if (state.status === 'revoked') throw conflict('The client is revoked, and that is final.');
  switch (command.type) {
    case 'RotateApiClientSecret': {
      const { secretHash } = command.data;
      return [{ type: 'ApiClientSecretRotated', data: { clientId, workspaceId, secretHash } }];
    }
    case 'ChangeApiClientScopes': {
      const { scopes } = command.data;
      if (scopes.length === state.scopes.length && scopes.every((scope) => state.scopes.includes(scope))) return [];
      return [{ type: 'ApiClientScopesChanged', data: { clientId, workspaceId, scopes } }];
    }
  }
}

export const apiClient: Decider<ApiClient, ApiClientCommand, ApiClientEvent> = {
  category: 'apiClient',
  initialState: () => undefined,
  evolve,
  decide,
};
