import { conflict, notFound, type Decider, type Instant } from '../../../platform/kernel/index.ts';
import type { Scope } from '../scopes.ts';
import type { ApiClientCommand, RecordClientUse } from './api-client.commands.ts';
import type { ApiClientEvent, ApiClientUsed } from './api-client.events.ts';

export type ApiClient =
  | undefined
  | {
      readonly status: 'active' | 'revoked';
      readonly workspaceId: string;
      readonly scopes: readonly Scope[];
      readonly secretHash: string;
      /** The last day of use, empty before the first: days compare as text. */
      readonly usedOn: string;
    };

/** In UTC. */
export const dayOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);

function evolve(state: ApiClient, event: ApiClientEvent): ApiClient {
  if (event.type === 'ApiClientIssued') {
    const { workspaceId, scopes, secretHash } = event.data;
    return { status: 'active', workspaceId, scopes, secretHash, usedOn: '' };
  }
  if (!state) return undefined;
  switch (event.type) {
    case 'ApiClientSecretRotated':
      return { ...state, secretHash: event.data.secretHash };
    case 'ApiClientScopesChanged':
      return { ...state, scopes: event.data.scopes };
    case 'ApiClientUsed':
      return { ...state, usedOn: event.data.day };
    case 'ApiClientRevoked':
      return { ...state, status: 'revoked' };
  }
}

function decide(command: ApiClientCommand, state: ApiClient): readonly ApiClientEvent[] {
  if (command.type === 'IssueApiClient') {
    if (state) throw conflict('A client with this id has been issued already.');
    return [{ type: 'ApiClientIssued', data: command.data }];
  }
  if (command.type === 'RecordClientUse') return used(command, state);
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

function used({ data, metadata }: RecordClientUse, state: ApiClient): readonly ApiClientUsed[] {
  const day = dayOf(metadata.at);
  if (state?.status !== 'active' || day <= state.usedOn) return [];
  return [{ type: 'ApiClientUsed', data: { clientId: data.clientId, workspaceId: state.workspaceId, day } }];
}

export const apiClient: Decider<ApiClient, ApiClientCommand, ApiClientEvent> = {
  category: 'apiClient',
  initialState: () => undefined,
  evolve,
  decide,
};
