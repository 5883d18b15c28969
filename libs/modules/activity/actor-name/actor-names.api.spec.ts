import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { clientOf, createWebhook, registerWorkspace } from '../../../../test/support/api.ts';
import { ADMIN, Installation } from '../../../../test/support/installation.ts';

const LABEL = 'ben@provider.example';
const CLIENT_NAME = 'Robot of the provider';

describe('the name of who did something', () => {
  let installation: Installation;
  const readers = new Map<string, AxiosInstance>();

  beforeAll(async () => {
    installation = await Installation.open();
    const { api } = installation;
    await registerWorkspace(api, 'provider');
    await registerWorkspace(api, 'customer', 'provider');
    await registerWorkspace(api, 'elsewhere');
    const wanted = { name: CLIENT_NAME, workspaceId: 'provider', scopes: ['webhooks:write'] };
    const { data: client } = await api.post('/api-clients', wanted);
    const link = { role: 'webhook-admin', label: LABEL };
    const { data: issued } = await api.post('/workspaces/provider/console-links', link);
    const token = new URL(issued.url).hash.slice(1);
    const actors = [
      await installation.signIn(ADMIN.email, ADMIN.password),
      installation.inSession(await installation.anonymous().post('/session/link', { token })),
      await installation.as(client.clientId, client.clientSecret),
    ];
    for (const actor of actors) await createWebhook(actor, 'customer', 'https://customer.example/hook');
    for (const workspaceId of ['root', 'provider', 'customer', 'elsewhere'])
      readers.set(workspaceId, await clientOf(installation, workspaceId, ['activity:read']));
    await installation.server.projections.caughtUp();
  });
  afterAll(() => installation.dispose());

  type Named = { readonly actor: string; readonly actorName: string | null };
  const listed = async (of: string): Promise<readonly Named[]> =>
    (await readers.get(of)?.get('/activity?kind=webhook-created&workspace=customer'))?.data.items ?? [];
  const saved = async (of: string, format: string): Promise<string> => {
    const url = `/activity/export?kind=webhook-created&workspace=customer&format=${format}`;
    const answer = await readers.get(of)?.get(url, { responseType: 'text', transformResponse: (text: string) => text });
    return answer?.data ?? '';
  };

  it.each([
    ['whoever reaches all of them', 'root', [CLIENT_NAME, LABEL, ADMIN.email]],
    ['whoever reaches some of them', 'provider', [CLIENT_NAME, LABEL, 'Platform']],
    ['a customer of theirs', 'customer', ['Platform', 'Platform', 'Platform']],
  ])('is told to %s', async (_, reader, names) => {
    const entries = await listed(reader);
    expect(entries.map(({ actorName }) => actorName)).toEqual(names);
    expect(entries.map(({ actor }) => actor.split(':')[0])).toEqual(['client', 'link', 'user']);
    const lines = (await saved(reader, 'ndjson')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(entries);
    const hidden = [CLIENT_NAME, LABEL, ADMIN.email].filter((name) => !names.includes(name));
    const table = await saved(reader, 'csv');
    expect(names.filter((name) => !table.includes(name))).toEqual([]);
    expect(hidden.filter((name) => table.includes(name))).toEqual([]);
  });

  it('is told to nobody else', async () => {
    expect(await listed('elsewhere')).toEqual([]);
  });

  it('is in nothing else that a customer reads of the trail', async () => {
    const { data } = (await readers.get('customer')?.get('/activity?limit=200')) ?? {};
    expect(JSON.stringify(data)).not.toMatch(new RegExp(`${CLIENT_NAME}|${LABEL}|${ADMIN.email}`));
  });

  it('goes with the tree as it is now', async () => {
    await registerWorkspace(installation.api, 'group');
    await installation.api.post('/workspaces/provider/move', { parentWorkspaceId: 'group' });
    const ofGroup = await clientOf(installation, 'group', ['activity:read']);
    const { data } = await ofGroup.get('/activity?kind=webhook-created');
    expect(data.items.map(({ actorName }: Named) => actorName)).toEqual([CLIENT_NAME, LABEL, 'Platform']);
  });
});
