import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IssueApiClient, RevokeApiClient, RotateApiClientSecret } from '../api-client/api-client.commands.ts';
import { hashSecret } from '../../../platform/credentials/index.ts';
import { runIdentity } from '../testing/running-identity.ts';
import { ClientAuthentication } from './client-authentication.ts';

let identity: Awaited<ReturnType<typeof runIdentity>>;
let clients: ClientAuthentication;

beforeAll(async () => {
  identity = await runIdentity();
  clients = identity.app.get(ClientAuthentication);
});
afterAll(() => identity.stop());

const issue = async (clientId: string) => {
  const secretHash = await hashSecret('secret', 'salt');
  const data = { clientId, workspaceId: 'root', name: clientId, scopes: ['events:read' as const], secretHash };
  await identity.execute(new IssueApiClient(data, identity.metadata()));
};
const outcome = (clientId: string, secret: string, address: string): Promise<string> =>
  clients.authenticate(clientId, secret, address).then(
    () => 'authenticated',
    (error: { code: string }) => error.code,
  );
const failing = async (clientId: string, address: string) => {
  for (let i = 0; i < 10; i++) expect(await outcome(clientId, `wrong-${i}`, address)).toBe('invalid_client');
};

describe('a client', () => {
  it('is known by its secret', async () => {
    await issue('known');
    expect(await outcome('known', 'secret', '192.0.2.1')).toBe('authenticated');
    expect(await outcome('known', 'Secret', '192.0.2.1')).toBe('invalid_client');
    expect(await outcome('unknown', 'secret', '192.0.2.1')).toBe('invalid_client');
  });

  it('is not known by the secret it had before', async () => {
    await issue('rotated');
    expect(await outcome('rotated', 'secret', '192.0.2.2')).toBe('authenticated');
    const secretHash = await hashSecret('new secret', 'salt');
    await identity.execute(new RotateApiClientSecret({ clientId: 'rotated', secretHash }, identity.metadata()));
    expect(await outcome('rotated', 'secret', '192.0.2.2')).toBe('invalid_client');
    expect(await outcome('rotated', 'new secret', '192.0.2.2')).toBe('authenticated');
  });

  it('is told nothing else once it is revoked', async () => {
    await issue('revoked');
    expect(await outcome('revoked', 'secret', '192.0.2.3')).toBe('authenticated');
    await identity.execute(new RevokeApiClient({ clientId: 'revoked' }, identity.metadata()));
    expect(await outcome('revoked', 'secret', '192.0.2.3')).toBe('invalid_client');
  });
});

describe('ten failures from one address', () => {
  it('make it wait, by the Clock', async () => {
    await failing('nobody', '192.0.2.4');
    await expect(clients.authenticate('nobody', 'wrong', '192.0.2.4')).rejects.toMatchObject({
      code: 'temporarily_unavailable',
      retryAfterSeconds: 6,
    });
    identity.clock.advance(6_000);
    expect(await outcome('nobody', 'wrong', '192.0.2.4')).toBe('invalid_client');
  });

  it('lock the client out neither elsewhere nor where its secret is known already', async () => {
    await issue('attacked');
    expect(await outcome('attacked', 'secret', '192.0.2.5')).toBe('authenticated');
    await failing('attacked', '192.0.2.5');
    expect(await outcome('attacked', 'wrong', '192.0.2.5')).toBe('temporarily_unavailable');
    expect(await outcome('attacked', 'secret', '192.0.2.5')).toBe('authenticated');
    expect(await outcome('attacked', 'wrong', '192.0.2.6')).toBe('invalid_client');
  });

  it('count although they were sent at the same time', async () => {
    const tries = Array.from({ length: 30 }, (_, i) => outcome('nobody', `guess-${i}`, '192.0.2.7'));
    const outcomes = await Promise.all(tries);
    expect(outcomes.filter((code) => code === 'invalid_client')).toHaveLength(10);
  });
});

describe('many clients at once with the right secret', () => {
  it('are no failures', async () => {
    await issue('busy');
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => outcome('busy', 'secret', '192.0.2.8')));
    expect(new Set(outcomes)).toEqual(new Set(['authenticated']));
  });
});
