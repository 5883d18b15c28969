import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { clientOf, event, publish, registerWorkspace, unique } from '../../../test/support/api.ts';
import { Installation } from '../../../test/support/installation.ts';

type Secret = { workspaceId: string; businessId: number; secret: string; previousUntil: string | null };

let installation: Installation;
let api: AxiosInstance;
/** Whoever opens locations beside the routes does not run yet. */
beforeAll(async () => {
  installation = await Installation.open();
  api = installation.api;
});
afterAll(() => installation.dispose());

const view = (id: string, as = api) => as.get<Secret>(`/workspaces/${id}/secret`);
const rotate = (id: string, ifMatch?: string, as = api, body?: object) =>
  as.post<Secret>(`/workspaces/${id}/rotate-secret`, body, {
    headers: ifMatch === undefined ? {} : { 'If-Match': ifMatch },
  });
const byEvent = async () => {
  const published = event('root', { workspaceId: unique('by-event') });
  await publish(api, published);
  return published.workspaceId;
};

describe('the shared secret of a workspace', () => {
  it('is shown to those who may change the workspace, and nothing may store it', async () => {
    const id = await registerWorkspace(api, unique('w'));
    const { status, data, headers } = await view(id);
    expect(status).toBe(200);
    const { data: workspace } = await api.get(`/workspaces/${id}`);
    const { businessId } = workspace;
    expect(data).toEqual({ workspaceId: id, businessId, secret: expect.any(String), previousUntil: null });
    expect(data.secret).toMatch(/^[\w-]{43}$/);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', etag: '"0"' });
    const reader = await clientOf(installation, id, ['workspaces:read']);
    expect((await view(id, reader)).status).toBe(403);
    expect((await rotate(id, undefined, reader)).status).toBe(403);
  });

  it('is its own', async () => {
    const [one, other] = [await registerWorkspace(api, unique('w')), await registerWorkspace(api, unique('w'))];
    expect((await view(one)).data.secret).not.toBe((await view(other)).data.secret);
  });

  it('is replaced by another one', async () => {
    const id = await registerWorkspace(api, unique('w'));
    const before = await view(id);
    const { status, data, headers } = await rotate(id);
    expect(status).toBe(200);
    expect(data).toEqual({ ...before.data, secret: expect.stringMatching(/^[\w-]{43}$/) });
    expect(data.secret).not.toBe(before.data.secret);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', etag: '"1"' });
    const after = await view(id);
    expect(after.data).toEqual(data);
    expect(after.headers['etag']).toBe(headers['etag']);
  });

  it('may go on signing for a while, and is told of until then', async () => {
    const id = await registerWorkspace(api, unique('w'));
    const until = new Date(installation.clock.now() + 60_000).toISOString();
    const { data } = await rotate(id, undefined, api, { overlapSeconds: 60 });
    expect(data.previousUntil).toBe(until);
    expect((await view(id)).data).toEqual(data);
    installation.clock.advance(60_000);
    expect((await view(id)).data).toEqual({ ...data, previousUntil: null });
  });

  it.each([{ overlapSeconds: -1 }, { overlapSeconds: 604_801 }, { overlapSeconds: 1.5 }, { secret: 'mine' }])(
    'is not replaced by %j',
    async (body) => {
      const id = await registerWorkspace(api, unique('w'));
      expect((await rotate(id, undefined, api, body)).status).toBe(400);
      expect((await view(id)).headers['etag']).toBe('"0"');
    },
  );

  it('is replaced only as it was last seen, by those who say so', async () => {
    const id = await registerWorkspace(api, unique('w'));
    const { headers } = await view(id);
    const { data } = await rotate(id, headers['etag'] as string);
    expect((await rotate(id, headers['etag'] as string)).status).toBe(412);
    expect((await view(id)).data).toEqual(data);
  });

  it('does not exist out of reach', async () => {
    const mine = await registerWorkspace(api, unique('mine'));
    const theirs = await registerWorkspace(api, unique('theirs'));
    const client = await clientOf(installation, mine, ['workspaces:write']);
    expect((await view(mine, client)).status).toBe(200);
    for (const id of [theirs, 'root', unique('unknown')]) {
      expect((await view(id, client)).status).toBe(404);
      expect((await rotate(id, undefined, client)).status).toBe(404);
    }
    expect((await view(unique('unknown'))).status).toBe(404);
    expect((await rotate(unique('unknown'))).status).toBe(404);
  });

  it('is made where a workspace has none yet, by whoever asks first', async () => {
    const viewed = await byEvent();
    expect((await api.get(`/workspaces/${viewed}`)).data.businessId).toBeNull();
    const { status, data } = await view(viewed);
    expect(status).toBe(200);
    expect((await api.get(`/workspaces/${viewed}`)).data.businessId).toBe(data.businessId);
    expect((await view(viewed)).data).toEqual(data);

    const rotated = await byEvent();
    const answer = await rotate(rotated);
    expect(answer.status).toBe(200);
    expect((await view(rotated)).data).toEqual(answer.data);
  });

  it('is shown nowhere else', async () => {
    const id = await registerWorkspace(api, unique('w'));
    const secrets = [
      (await view(id)).data.secret,
      (await rotate(id)).data.secret,
      (await rotate(id, undefined, api, { overlapSeconds: 60 })).data.secret,
    ];
    const { data: workspace } = await api.put(`/workspaces/${id}`, { type: 'child', companyName: 'Renamed' });
    const activity = await api.get('/activity?limit=200', { headers: { Workspace: id } });
    expect(activity.data.items.map(({ kind }: { kind: string }) => kind)).toEqual([
      ...['workspace-settings-changed', 'workspace-secret-rotated', 'workspace-secret-rotated', 'workspace-registered'],
    ]);
    const shown = [workspace, (await api.get(`/workspaces/${id}`)).data, (await api.get('/workspaces')).data];
    const text = JSON.stringify([...shown, activity.data]);
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/"secret"|[0-9a-f]{8}\.[\w-]{38}/);
  });
});
