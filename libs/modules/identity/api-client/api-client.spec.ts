import { describe, it } from '@jest/globals';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import {
  ChangeApiClientScopes,
  IssueApiClient,
  RecordClientUse,
  RevokeApiClient,
  RotateApiClientSecret,
} from './api-client.commands.ts';
import { apiClient } from './api-client.decider.ts';
import type { ApiClientEvent } from './api-client.events.ts';

const metadata: CommandMetadata = { at: 1_700_000_000_000, actor: 'client:tester', traceId: 'trace' };
const of = { clientId: 'c', workspaceId: 'w' };
const data = { ...of, name: 'Billing', scopes: ['events:read' as const], secretHash: 'scrypt$1' };
const issued: ApiClientEvent = { type: 'ApiClientIssued', data };
const revoked: ApiClientEvent = { type: 'ApiClientRevoked', data: of };
const issue = new IssueApiClient(data, metadata);
const rotate = new RotateApiClientSecret({ clientId: 'c', secretHash: 'scrypt$2' }, metadata);
const revoke = new RevokeApiClient({ clientId: 'c' }, metadata);
const grant = (...scopes: ('events:read' | 'events:publish')[]) =>
  new ChangeApiClientScopes({ clientId: 'c', scopes }, metadata);
const { given, when } = specify(apiClient);

describe('an unknown client', () => {
  it('is issued', () => when(issue).then([issued]));

  it('has nothing to rotate, change or revoke', () => {
    for (const command of [rotate, grant('events:read'), revoke]) when(command).thenRefused('not-found');
  });
});

describe('an active client', () => {
  it('is not issued twice', () => given([issued]).when(issue).thenRefused('conflict'));

  it('gets a new secret', () => {
    given([issued])
      .when(rotate)
      .then([{ type: 'ApiClientSecretRotated', data: { ...of, secretHash: 'scrypt$2' } }]);
  });

  it('gets other scopes, if they are others', () => {
    given([issued]).when(grant('events:read')).thenNothing();
    given([issued])
      .when(grant('events:read', 'events:publish'))
      .then([{ type: 'ApiClientScopesChanged', data: { ...of, scopes: ['events:read', 'events:publish'] } }]);
  });

  it('is revoked', () => given([issued]).when(revoke).then([revoked]));
});

describe('the use of a client', () => {
  const at = (time: string) => new RecordClientUse({ clientId: 'c' }, { ...metadata, at: Date.parse(time) });
  const usedOn = (day: string): ApiClientEvent => ({ type: 'ApiClientUsed', data: { ...of, day } });

  it('is recorded once a day, by UTC', () => {
    given([issued])
      .when(at('2026-11-02T23:59:59.999Z'))
      .then([usedOn('2026-11-02')]);
    given([issued, usedOn('2026-11-02')])
      .when(at('2026-11-02T23:59:59.999Z'))
      .thenNothing();
    given([issued, usedOn('2026-11-02')])
      .when(at('2026-11-03T00:00:00Z'))
      .then([usedOn('2026-11-03')]);
  });

  it('is not recorded of a day before', () =>
    given([issued, usedOn('2026-11-02')])
      .when(at('2026-11-01T12:00:00Z'))
      .thenNothing());

  it('is not recorded of one that is unknown or revoked', () => {
    when(at('2026-11-02T12:00:00Z')).thenNothing();
    given([issued, revoked]).when(at('2026-11-02T12:00:00Z')).thenNothing();
  });
});

describe('a revoked client', () => {
  it('stays revoked, however often', () => given([issued, revoked]).when(revoke).thenNothing());

  it('gets no new secret and no scopes', () => {
    given([issued, revoked]).when(rotate).thenRefused('conflict', /final/);
    given([issued, revoked]).when(grant('events:publish')).thenRefused('conflict', /final/);
  });

  it('is not issued again under its id', () => given([issued, revoked]).when(issue).thenRefused('conflict'));
});
