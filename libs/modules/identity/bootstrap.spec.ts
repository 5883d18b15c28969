import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EVENT_STORE, type EventStore } from '../../platform/event-store/index.ts';
import { RevokeApiClient } from './api-client/api-client.commands.ts';
import { IdentityBootstrap } from './bootstrap.ts';
import { WORKSPACE_DIRECTORY, type WorkspaceDirectory } from './contract.ts';
import { ClientAuthentication } from './request-token/client-authentication.ts';
import { SCOPES } from './scopes.ts';
import { ROOT, runIdentity } from './testing/running-identity.ts';
import { MoveWorkspace, RegisterWorkspace } from './workspace/workspace.commands.ts';

let identity: Awaited<ReturnType<typeof runIdentity>>;

beforeEach(async () => {
  identity = await runIdentity();
});
afterEach(() => identity.stop());

const client = (secret: string) =>
  identity.app.get(ClientAuthentication).authenticate(ROOT.clientId, secret, '192.0.2.1');
const directory = () => identity.app.get<WorkspaceDirectory>(WORKSPACE_DIRECTORY);
const head = () => identity.app.get<EventStore>(EVENT_STORE).head();

describe('the bootstrap', () => {
  it('makes the root workspace and a client that may do everything there', async () => {
    expect(directory().get('root')).toMatchObject({
      parentWorkspaceId: null,
      type: 'channel',
      displayName: 'Carillon',
    });
    expect(directory().rootId()).toBe('root');
    expect(await client(ROOT.clientSecret)).toMatchObject({ workspaceId: 'root', scopes: [...SCOPES] });
  });

  it('leaves it to the saga to make a location of the root', async () => {
    const { businessId } = directory().get('root') ?? {};
    expect(businessId).toBeGreaterThan(0);
    expect(directory().withBusinessId(businessId ?? 0)?.workspaceId).toBe('root');
    const events = await identity.app.get<EventStore>(EVENT_STORE).readStream('workspace-root');
    expect(events.map(({ type, metadata }) => [type, metadata.actor])).toEqual([
      ['WorkspaceRegistered', 'system'],
      ['LocationOpened', 'saga:open-locations'],
    ]);
  });

  it('does nothing the second time', async () => {
    const before = await head();
    expect(await identity.bootstrap()).toEqual({ clientCreated: false });
    expect(await head()).toBe(before);
  });

  it('may be done by several processes at once, of which one makes the client', async () => {
    const one = { clientId: 'client of all', clientSecret: 'not to be guessed' };
    const outcomes = await Promise.all([1, 2, 3].map(() => identity.bootstrap(one)));
    expect(outcomes.filter(({ clientCreated }) => clientCreated)).toHaveLength(1);
  });

  it('replaces the secret of its client by the one it is given', async () => {
    await identity.bootstrap({ clientSecret: 'another secret' });
    await identity.settled();
    await client('another secret');
    await expect(client(ROOT.clientSecret)).rejects.toMatchObject({ code: 'invalid_client' });
  });

  it('leaves a revoked client revoked', async () => {
    await identity.execute(new RevokeApiClient({ clientId: ROOT.clientId }, identity.metadata()));
    await identity.bootstrap();
    await identity.settled();
    await expect(client(ROOT.clientSecret)).rejects.toMatchObject({ code: 'invalid_client' });
  });

  it('refuses a second root workspace', async () => {
    const run = identity.app.get(IdentityBootstrap).run({ rootWorkspaceId: 'another' });
    await expect(run).rejects.toThrow('The root workspace of this installation is root');
  });
});

describe('two moves that together close a loop', () => {
  const register = (workspaceId: string) =>
    new RegisterWorkspace(
      {
        ...{ workspaceId, parentWorkspaceId: 'root', type: 'regular', companyName: workspaceId },
        ...{ displayName: '', domain: '', adminEmails: '', notificationLevel: 'all' },
      },
      identity.metadata(),
    );

  it('leave the later one out of the tree, and say so once', async () => {
    await identity.execute(register('a'));
    await identity.execute(register('b'));
    await identity.execute(new MoveWorkspace({ workspaceId: 'a', from: 'root', to: 'b' }, identity.metadata()));
    await identity.execute(new MoveWorkspace({ workspaceId: 'b', from: 'root', to: 'a' }, identity.metadata()));
    await identity.settled();
    expect(directory().get('a')?.parentWorkspaceId).toBe('b');
    expect(directory().get('b')).toMatchObject({ parentWorkspaceId: 'root', revision: 3 });
    const [, , moved, ignored, ...more] = await identity.app.get<EventStore>(EVENT_STORE).readStream('workspace-b');
    expect(moved).toMatchObject({ type: 'WorkspaceMoved', revision: 2 });
    expect(ignored).toMatchObject({ type: 'WorkspaceMoveIgnored', data: { parentWorkspaceId: 'a', movedRevision: 2 } });
    expect(more).toEqual([]);
  });
});
