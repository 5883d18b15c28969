import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { clientOf, createWebhook, registerWorkspace } from '../../../test/support/api.ts';
import { Installation } from '../../../test/support/installation.ts';

const FIRST = '2026-01-01';
const URL = 'https://customer.example/hook';
const TRIGGER = 'workspace-status-updated';

const change = {
  schema: { type: 'object', required: ['status'], properties: { status: { type: 'object' } } },
  example: { status: { is: 'suspended' } },
  downgrade: '{ "status": status.is }',
};
const changeBack = {
  schema: { type: 'object', required: ['status'], properties: { status: { type: 'string' } } },
  example: { status: 'suspended' },
  downgrade: '{ "status": { "is": status } }',
};

describe('the list of versions', () => {
  let installation: Installation;
  let api: AxiosInstance;
  const release = async (name: string, trigger: object) => {
    expect((await api.post('/versions', { name, triggers: { [TRIGGER]: trigger } })).status).toBe(201);
  };

  beforeAll(async () => {
    installation = await Installation.open();
    api = installation.api;
  });
  afterAll(() => installation.dispose());

  it('has how many webhooks are on each, by workspace, as far as the caller reaches', async () => {
    const parent = await registerWorkspace(api, 'parent');
    const child = await registerWorkspace(api, 'child', parent);
    const other = await registerWorkspace(api, 'other');
    for (const workspace of [parent, child, child, other]) await createWebhook(api, workspace, URL);
    const removed = await createWebhook(api, child, URL);
    await api.delete(`/settings/webhooks/${removed}`, { headers: { Workspace: child } });
    await release('two', change);
    const moved = await createWebhook(api, child, URL, { version: FIRST });
    await createWebhook(api, other, URL);

    const seen = async (client: AxiosInstance, name: string) => {
      const { webhooks, workspaces } = (await client.get(`/versions/${name}`)).data;
      const { items } = (await client.get('/versions')).data;
      expect(items.find((item: { name: string }) => item.name === name).webhooks).toBe(webhooks);
      return [webhooks, workspaces];
    };
    const of = (workspaceId: string, webhooks: number) => ({ workspaceId, displayName: workspaceId, webhooks });
    expect(await seen(api, FIRST)).toEqual([5, [of('child', 3), of('other', 1), of('parent', 1)]]);
    expect(await seen(api, 'two')).toEqual([1, [of('other', 1)]]);
    const client = await clientOf(installation, parent, ['versions:read']);
    expect(await seen(client, FIRST)).toEqual([4, [of('child', 3), of('parent', 1)]]);
    expect(await seen(client, 'two')).toEqual([0, []]);

    const inside = { headers: { Workspace: child } };
    const { data } = await api.get(`/settings/webhooks/${moved}`, inside);
    expect((await api.put(`/settings/webhooks/${moved}`, { ...data, version: 'two' }, inside)).status).toBe(200);
    expect(await seen(client, FIRST)).toEqual([3, [of('child', 2), of('parent', 1)]]);
    expect(await seen(client, 'two')).toEqual([1, [of('child', 1)]]);
  });

  it('comes in pages, newest first', async () => {
    await release('three', changeBack);
    const first = (await api.get('/versions?limit=2')).data;
    const second = (await api.get(`/versions?limit=2&cursor=${first.nextCursor}`)).data;
    expect([...first.items, ...second.items]).toMatchObject([{ name: 'three' }, { name: 'two' }, { name: FIRST }]);
    expect(second.nextCursor).toBeNull();
    expect((await api.get('/versions?limit=0')).status).toBe(400);
  });

  it('is for every workspace to read, and for the installation to write, whatever scope a workspace has', async () => {
    const workspace = await registerWorkspace(api, 'workspace');
    const client = await clientOf(installation, workspace, ['versions:read', 'versions:write']);
    expect((await client.post('/versions', { name: 'four', triggers: { [TRIGGER]: change } })).status).toBe(403);
    expect((await client.post(`/versions/${FIRST}/postpone`, { expiresAt: '2028-01-01T00:00:00Z' })).status).toBe(403);
    expect((await client.post('/versions/three/withdraw')).status).toBe(403);
    expect((await client.get('/versions')).data.items).toHaveLength(3);
    expect((await client.get('/versions/nine')).status).toBe(404);
    const reader = await clientOf(installation, workspace, ['webhooks:read']);
    expect((await reader.get('/versions')).status).toBe(403);
  });
});
