import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPair, SignJWT } from 'jose';
import { IssueApiClient, RevokeApiClient, RotateApiClientSecret } from '../api-client/api-client.commands.ts';
import { hashSecret } from '../../../platform/credentials/index.ts';
import { ClientAuthentication } from '../request-token/client-authentication.ts';
import { SCOPES, type Scope } from '../scopes.ts';
import { AccessTokens } from '../signing-key/access-tokens.ts';
import { SigningKeys } from '../signing-key/signing-keys.ts';
import { ROOT, runIdentity } from '../testing/running-identity.ts';
import { RegisterWorkspace } from '../workspace/workspace.commands.ts';
import { RecentlyUsed } from '../../../platform/kernel/index.ts';

const DAY = 86_400_000;
const IMPLIED_BY_READ = ['location-webhooks:read', 'location-webhooks:list'];
let identity: Awaited<ReturnType<typeof runIdentity>>;
let tokens: AccessTokens;

beforeAll(async () => {
  identity = await runIdentity();
  tokens = identity.app.get(AccessTokens);
  await register('channel', 'root');
  await register('child', 'channel');
  await register('other', 'root');
});
afterAll(() => identity.stop());

const register = (workspaceId: string, parentWorkspaceId: string) =>
  identity.execute(
    new RegisterWorkspace(
      {
        workspaceId,
        parentWorkspaceId,
        type: 'regular',
        companyName: workspaceId,
        displayName: '',
        domain: '',
        adminEmails: '',
        notificationLevel: 'all',
      },
      identity.metadata(),
    ),
  );
const issue = async (clientId: string, workspaceId: string, scopes: Scope[] = ['webhooks:read', 'webhooks:write']) => {
  const secretHash = await hashSecret('secret', 'salt');
  const data = { clientId, workspaceId, name: clientId, scopes, secretHash };
  await identity.execute(new IssueApiClient(data, identity.metadata()));
};
const authenticate = (token: string) => identity.authenticator.authenticate(token);
const refused = (token: string) => expect(authenticate(token)).rejects.toMatchObject({ kind: 'unauthenticated' });

describe('a token', () => {
  it('acts for its client, with the scopes that both have', async () => {
    await issue('scoped', 'channel');
    const principal = await authenticate(await tokens.issue('scoped', ['webhooks:read', 'events:publish']));
    expect(principal).toMatchObject({ actor: 'client:scoped', workspaceId: 'channel' });
    expect([...principal.scopes]).toEqual(['webhooks:read', ...IMPLIED_BY_READ]);
  });

  it('has what its scopes imply, of what its client has', async () => {
    const scopesOf = async (clientId: string, ...scopes: Scope[]) => [
      ...(await authenticate(await tokens.issue(clientId, scopes))).scopes,
    ];
    await issue('reader', 'channel', ['webhooks:read']);
    expect(await scopesOf('reader', 'location-webhooks:list')).toEqual(['location-webhooks:list']);
    expect(await scopesOf('reader', 'webhooks:write', 'location-webhooks:create')).toEqual([]);
    await issue('lister', 'channel', ['location-webhooks:list']);
    expect(await scopesOf('lister', 'webhooks:read')).toEqual(['location-webhooks:list']);
  });

  it('expires a day later, by the Clock', async () => {
    const token = await tokens.issue(ROOT.clientId, SCOPES);
    identity.clock.advance(DAY - 1);
    await authenticate(token);
    identity.clock.advance(1);
    await refused(token);
  });

  it('ends with its client', async () => {
    await issue('revoked', 'channel');
    const token = await tokens.issue('revoked', ['webhooks:read']);
    await authenticate(token);
    await identity.execute(new RevokeApiClient({ clientId: 'revoked' }, identity.metadata()));
    await refused(token);
  });

  it('outlives the secret it was exchanged for', async () => {
    await issue('rotated', 'channel');
    const token = await tokens.issue('rotated', ['webhooks:read']);
    const secretHash = await hashSecret('another', 'salt');
    await identity.execute(new RotateApiClientSecret({ clientId: 'rotated', secretHash }, identity.metadata()));
    await authenticate(token);
  });

  it('is refused if it was changed, signed by someone else, unsigned, or nothing of the kind', async () => {
    const token = await tokens.issue(ROOT.clientId, ['webhooks:read']);
    const [header = '', payload = '', signature = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    const widened = Buffer.from(JSON.stringify({ ...claims, scope: SCOPES.join(' ') })).toString('base64url');
    await refused(`${header}.${widened}.${signature}`);
    await refused(`${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload}.`);
    await refused('nothing');

    const { keyId, key } = await identity.app.get(SigningKeys).signing();
    const { privateKey } = await generateKeyPair('ES256');
    const jwt = () => new SignJWT(claims);
    await refused(await jwt().setProtectedHeader({ alg: 'ES256', kid: keyId, typ: 'at+jwt' }).sign(privateKey));
    await refused(await jwt().setProtectedHeader({ alg: 'ES256', kid: 'unknown', typ: 'at+jwt' }).sign(key));
    await refused(await jwt().setProtectedHeader({ alg: 'ES256', kid: keyId, typ: 'JWT' }).sign(key));
  });

  it('stays valid while keys succeed one another', async () => {
    const keys = identity.app.get(SigningKeys);
    const before = (await keys.signing()).keyId;
    identity.clock.advance(29 * DAY);
    await keys.succeed();
    expect(keys.published().map(({ keyId }) => keyId)).toContain(before);
    identity.clock.advance(2 * DAY - 1);
    const token = await tokens.issue(ROOT.clientId, ['webhooks:read']);
    expect((await keys.signing()).keyId).not.toBe(before);
    identity.clock.advance(DAY / 2);
    await keys.succeed();
    expect(keys.published().map(({ keyId }) => keyId)).not.toContain(before);
    await authenticate(token);
  });
});

describe('a client by its secret', () => {
  const byShowing = (secret: string, clientId: string, address = '192.0.2.1') =>
    identity.authenticator.authenticateClient(clientId, secret, address);
  const outcome = (secret: string, clientId: string, address?: string) =>
    byShowing(secret, clientId, address).then(
      () => 'let in',
      ({ kind }: { kind: string }) => kind,
    );

  it('acts with all its scopes and what they imply, as far as its tokens would', async () => {
    await issue('by-secret', 'channel', ['webhooks:read', 'events:publish']);
    const principal = await byShowing('secret', 'by-secret');
    expect(principal).toMatchObject({ actor: 'client:by-secret', workspaceId: 'channel' });
    expect([...principal.scopes]).toEqual(['webhooks:read', ...IMPLIED_BY_READ, 'events:publish']);
    expect(['channel', 'child', 'other'].filter(principal.reaches)).toEqual(['channel', 'child']);
  });

  it('is refused with any other secret, and where there is no such client', async () => {
    await issue('guessed', 'channel');
    expect(await outcome('Secret', 'guessed')).toBe('unauthenticated');
    expect(await outcome('secret', 'nobody')).toBe('unauthenticated');
    expect(await outcome('', '')).toBe('unauthenticated');
  });

  it('is refused once the secret is another one, and once it is revoked', async () => {
    await issue('ending', 'channel');
    expect(await outcome('secret', 'ending')).toBe('let in');
    const secretHash = await hashSecret('new secret', 'salt');
    await identity.execute(new RotateApiClientSecret({ clientId: 'ending', secretHash }, identity.metadata()));
    expect(await outcome('secret', 'ending')).toBe('unauthenticated');
    expect(await outcome('new secret', 'ending')).toBe('let in');
    await identity.execute(new RevokeApiClient({ clientId: 'ending' }, identity.metadata()));
    expect(await outcome('new secret', 'ending')).toBe('unauthenticated');
  });

  it('is limited together with its token requests: whoever failed at these has to wait here', async () => {
    const address = '192.0.2.2';
    const tokenRequests = identity.app.get(ClientAuthentication);
    for (let i = 0; i < 9; i++) {
      await expect(tokenRequests.authenticate('nobody', `wrong-${i}`, address)).rejects.toThrow(/unknown/);
    }
    expect(await outcome('wrong', 'nobody', address)).toBe('unauthenticated');
    await expect(byShowing('wrong again', 'nobody', address)).rejects.toMatchObject({
      kind: 'unavailable',
      retryAfterSeconds: 6,
    });
    expect(await outcome('wrong again', 'nobody', '192.0.2.3')).toBe('unauthenticated');
  });
});

describe('the reach of a client', () => {
  it('is its workspace and every descendant, as they are now', async () => {
    await issue('reaching', 'channel');
    const principal = await authenticate(await tokens.issue('reaching', ['webhooks:read']));
    expect(principal.reach()).toEqual(['channel', 'child']);
    expect(['channel', 'child', 'grandchild', 'other', 'root'].filter(principal.reaches)).toEqual(['channel', 'child']);
    await register('grandchild', 'child');
    expect(principal.reaches('grandchild')).toBe(true);
  });

  it('is everything that is registered, if it is bound to the root workspace', async () => {
    const principal = await authenticate(await tokens.issue(ROOT.clientId, ['webhooks:read']));
    expect(principal.reach()).toBe('everything');
    expect(['root', 'child', 'other', 'nowhere'].filter(principal.reaches)).toEqual(['root', 'child', 'other']);
  });
});

describe('what was used recently', () => {
  it('is kept, and the rest forgotten once it is too much', () => {
    const map = new RecentlyUsed<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.get('a');
    map.set('c', 3);
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([1, undefined, 3]);
  });
});
