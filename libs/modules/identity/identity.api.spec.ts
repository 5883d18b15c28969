import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { clientOf, registerWorkspace, unique } from '../../../test/support/api.ts';
import { CLIENT, Installation } from '../../../test/support/installation.ts';

let installation: Installation;
let api: AxiosInstance;
let anyone: AxiosInstance;

beforeAll(async () => {
  installation = await Installation.start();
  api = installation.api;
  anyone = installation.anonymous();
});
afterAll(() => installation.dispose());

const credentials = {
  client_id: CLIENT.id,
  client_secret: CLIENT.secret,
  audience: '',
  grant_type: 'client_credentials',
};

describe('POST /oauth/token', () => {
  const expectError = async (body: unknown, status: number, error: string, headers: Record<string, string> = {}) => {
    const answer = await anyone.post('/oauth/token', body, {
      headers: { 'Content-Type': 'application/json', ...headers },
    });
    expect(answer.status).toBe(status);
    expect(answer.data).toEqual({ error, error_description: expect.any(String) });
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' });
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    return answer;
  };

  it('answers with a bearer token for a day, which nothing may store', async () => {
    const { status, data, headers } = await anyone.post('/oauth/token', credentials);
    expect(status).toBe(200);
    expect(data).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 86_400 });
    expect(headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' });
  });

  it('takes a form, and HTTP Basic', async () => {
    const form = await anyone.post('/oauth/token', new URLSearchParams(credentials));
    expect(form.status).toBe(200);
    const basic = await anyone.post('/oauth/token', new URLSearchParams({ grant_type: 'client_credentials' }), {
      auth: { username: CLIENT.id, password: CLIENT.secret },
    });
    expect(basic.status).toBe(200);
  });

  it('answers errors as RFC 6749 says', async () => {
    await expectError({ ...credentials, audience: 'https://elsewhere.example' }, 400, 'invalid_request');
    await expectError({ ...credentials, grant_type: 'password' }, 400, 'unsupported_grant_type');
    await expectError({ ...credentials, scope: 'webhooks:everything' }, 400, 'invalid_scope');
    const refused = await expectError({ ...credentials, client_secret: 'wrong' }, 401, 'invalid_client');
    expect(refused.headers['www-authenticate']).toMatch(/^Basic realm=/);
  });

  it('does so for a body that cannot be read', async () => {
    await expectError('{"client_id"', 400, 'invalid_request');
    await expectError('<token/>', 400, 'invalid_request', { 'Content-Type': 'application/xml' });
  });

  it('makes whoever keeps failing wait', async () => {
    const wrong = { ...credentials, client_id: unique('nobody') };
    for (let i = 0; i < 10; i++) await expectError(wrong, 401, 'invalid_client');
    const limited = await expectError(wrong, 429, 'temporarily_unavailable');
    expect(limited.headers['retry-after']).toBe('6');
  });

  it('narrows the token to the scope that is asked for', async () => {
    const narrow = { ...credentials, scope: 'workspaces:read' };
    const { data } = await anyone.post<{ access_token: string }>('/oauth/token', narrow);
    const headers = { Authorization: `Bearer ${data.access_token}` };
    expect((await anyone.get('/workspaces', { headers })).status).toBe(200);
    expect((await anyone.get('/api-clients', { headers })).status).toBe(403);
  });
});

describe('GET /.well-known/jwks.json', () => {
  it('publishes the public half of the key that signs, and no more', async () => {
    const { data } = await anyone.get<{ keys: object[] }>('/.well-known/jwks.json');
    const text = expect.any(String);
    expect(data.keys).toEqual([{ kty: 'EC', crv: 'P-256', x: text, y: text, kid: text, alg: 'ES256', use: 'sig' }]);
  });
});

describe('/workspaces', () => {
  it('registers a workspace under the root, with defaults', async () => {
    const { status, data, headers } = await api.post('/workspaces', { type: 'regular', companyName: 'Company' });
    expect(status).toBe(201);
    expect(headers['etag']).toBe('"0"');
    expect(data).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      businessId: expect.any(Number),
      parentWorkspaceId: 'root',
      type: 'regular',
      companyName: 'Company',
      displayName: 'Company',
      domain: '',
      adminEmails: '',
      notificationLevel: 'all',
    });
  });

  it('names every field that is wrong', async () => {
    const { status, data } = await api.post('/workspaces', { id: 'a b', type: 'odd', colour: 'red', adminEmails: 'x' });
    expect(status).toBe(400);
    expect(data.errors.map((error: { field: string }) => error.field).sort()).toEqual([
      ...['adminEmails', 'colour', 'companyName', 'id', 'type'],
    ]);
  });

  it('tells nothing of what is out of reach', async () => {
    const mine = await registerWorkspace(api, unique('mine'));
    const theirs = await registerWorkspace(api, unique('theirs'));
    const client = await clientOf(installation, mine, ['workspaces:read', 'workspaces:write']);
    const unknown = unique('unknown');
    const body = { type: 'child', companyName: 'Company' };

    expect((await client.get(`/workspaces/${theirs}`)).status).toBe(404);
    expect((await client.put(`/workspaces/${theirs}`, body)).status).toBe(404);
    expect((await client.post(`/workspaces/${theirs}/move`, { parentWorkspaceId: mine })).status).toBe(404);
    const under = async (parentWorkspaceId: string) => {
      const { status, data } = await client.post('/workspaces', { ...body, parentWorkspaceId });
      return { status, errors: data.errors };
    };
    expect(await under(theirs)).toEqual(await under(unknown));
    expect(await under('')).toMatchObject({ status: 400, errors: [{ field: 'parentWorkspaceId' }] });
    const taken = await client.post('/workspaces', { ...body, id: theirs, parentWorkspaceId: mine });
    expect(taken.status).toBe(409);
    expect((await client.get('/workspaces')).data.items.map(({ id }: { id: string }) => id)).toEqual([mine]);
  });

  it('changes settings only as they were last seen', async () => {
    const id = await registerWorkspace(api, unique('w'));
    const body = { type: 'channel', companyName: 'Renamed' };
    const changed = await api.put(`/workspaces/${id}`, body, { headers: { 'If-Match': '"0"' } });
    expect(changed).toMatchObject({ status: 200, data: { companyName: 'Renamed', displayName: 'Renamed' } });
    const again = { ...body, companyName: 'Renamed again' };
    expect((await api.put(`/workspaces/${id}`, again, { headers: { 'If-Match': '"0"' } })).status).toBe(412);
    const viewed = await api.get(`/workspaces/${id}`);
    expect(viewed.headers['etag']).toBe(changed.headers['etag']);
    expect(viewed.data).toEqual(changed.data);
  });

  it('moves a workspace where the caller reaches it, its parent and its new parent', async () => {
    const top = await registerWorkspace(api, unique('top'));
    const from = await registerWorkspace(api, unique('from'), top);
    const to = await registerWorkspace(api, unique('to'), top);
    const id = await registerWorkspace(api, unique('moving'), from);
    const move = (client: AxiosInstance, workspaceId: string, parentWorkspaceId: string) =>
      client.post(`/workspaces/${workspaceId}/move`, { parentWorkspaceId });

    const ofFrom = await clientOf(installation, from, ['workspaces:write']);
    expect((await move(ofFrom, id, to)).status).toBe(400);
    expect((await move(ofFrom, from, id)).status).toBe(403);
    const ofTop = await clientOf(installation, top, ['workspaces:write', 'workspaces:read']);
    expect((await move(ofTop, id, to)).data).toMatchObject({ id, parentWorkspaceId: to });
    expect((await move(ofTop, to, id)).status).toBe(409);
    expect((await move(api, 'root', to)).status).toBe(409);
    const children = await ofTop.get('/workspaces', { params: { parentWorkspaceId: to } });
    expect(children.data.items).toMatchObject([{ id }]);
  });
});

describe('/api-clients', () => {
  it('shows a secret where it is made, and nowhere else', async () => {
    const { status, data } = await api.post('/api-clients', { name: 'Billing', scopes: ['events:read'] });
    expect(status).toBe(201);
    const { clientSecret, ...client } = data;
    expect(client.clientId).toMatch(/^[\w-]{32}$/);
    expect(clientSecret).toMatch(/^[\w-]{64}$/);
    expect((await api.get(`/api-clients/${client.clientId}`)).data).toEqual(client);
    expect((await api.get('/api-clients')).data.items).toContainEqual(client);
  });

  it('gives nobody more than they have', async () => {
    const mine = await registerWorkspace(api, unique('mine'));
    const client = await clientOf(installation, mine, ['api-clients:read', 'api-clients:write']);
    const more = await client.post('/api-clients', { name: 'More', scopes: ['events:publish'] });
    expect(more).toMatchObject({ status: 400, data: { errors: [{ field: 'scopes' }] } });
    const elsewhere = await client.post('/api-clients', {
      name: 'Root',
      workspaceId: 'root',
      scopes: ['api-clients:read'],
    });
    expect(elsewhere).toMatchObject({ status: 400, data: { errors: [{ field: 'workspaceId' }] } });
    expect((await client.get(`/api-clients/${CLIENT.id}`)).status).toBe(404);
    expect((await client.delete(`/api-clients/${CLIENT.id}`)).status).toBe(404);
    const { data: stronger } = await api.post('/api-clients', {
      name: 'S',
      workspaceId: mine,
      scopes: ['events:publish'],
    });
    expect((await client.post(`/api-clients/${stronger.clientId}/rotate-secret`)).status).toBe(403);
  });

  it('replaces a secret at once, and ends a client with all its tokens', async () => {
    const { data: issued } = await api.post('/api-clients', { name: 'C', scopes: ['workspaces:read'] });
    const { data: rotated } = await api.post(`/api-clients/${issued.clientId}/rotate-secret`);
    const token = (client_secret: string) =>
      anyone.post('/oauth/token', { ...credentials, client_id: issued.clientId, client_secret });
    expect((await token(issued.clientSecret)).status).toBe(401);
    const { status, data } = await token(rotated.clientSecret);
    expect(status).toBe(200);

    expect((await api.delete(`/api-clients/${issued.clientId}`)).status).toBe(204);
    const headers = { Authorization: `Bearer ${data.access_token}` };
    expect((await anyone.get('/workspaces', { headers })).status).toBe(401);
    expect((await token(rotated.clientSecret)).status).toBe(401);
    expect((await api.post(`/api-clients/${issued.clientId}/rotate-secret`)).status).toBe(409);
    expect((await api.get(`/api-clients/${issued.clientId}`)).data.status).toBe('revoked');
  });
});
