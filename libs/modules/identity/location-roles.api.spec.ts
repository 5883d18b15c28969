import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf, registerWorkspace, unique } from '../../../test/support/api.ts';
import { Installation } from '../../../test/support/installation.ts';

const CREATE = 'location-webhooks:create';
const LIST = 'location-webhooks:list';

let installation: Installation;
let workspaceId: string;
beforeAll(async () => {
  installation = await Installation.open();
  workspaceId = await registerWorkspace(installation.api, unique('location'));
});
afterAll(() => installation.dispose());

const issued = async (...scopes: string[]): Promise<{ clientId: string; clientSecret: string }> =>
  (await installation.api.post('/api-clients', { name: unique('client'), workspaceId, scopes })).data;

describe('a token', () => {
  const ask = async (held: string, scope: string) => {
    const { clientId: client_id, clientSecret: client_secret } = await issued(held);
    const body = { client_id, client_secret, audience: '', grant_type: 'client_credentials', scope };
    const { status, data } = await installation.anonymous().post('/oauth/token', body);
    return { status, error: data.error, description: data.error_description, token: data.access_token };
  };

  it('can be narrowed to a role that a scope of its client implies, and is no more than that', async () => {
    const { status, token } = await ask('webhooks:read', LIST);
    expect(status).toBe(200);
    const api = installation.anonymous({ Authorization: `Bearer ${token}`, Workspace: workspaceId });
    expect((await api.get('/settings/webhooks')).status).toBe(403);
  });

  it('is not given for a role that none implies, nor for a scope that a role is only part of', async () => {
    const refused = { status: 400, error: 'invalid_scope' };
    expect(await ask('webhooks:read', `${LIST} ${CREATE}`)).toMatchObject({
      ...refused,
      description: expect.stringMatching(new RegExp(`have ${CREATE}\\.$`)),
    });
    expect(await ask(LIST, 'webhooks:read')).toMatchObject(refused);
  });
});

describe('whoever holds a scope', () => {
  it('hands out the roles it implies, and no others', async () => {
    const api = await clientOf(installation, workspaceId, ['api-clients:write', 'webhooks:write']);
    const issue = async (...scopes: string[]) =>
      (await api.post('/api-clients', { name: unique('client'), scopes })).status;
    expect(await issue(CREATE, 'webhooks:write')).toBe(201);
    expect(await issue(CREATE, LIST)).toBe(400);
    const byRole = await clientOf(installation, workspaceId, ['api-clients:write', CREATE]);
    expect((await byRole.post('/api-clients', { name: 'More', scopes: ['webhooks:write'] })).status).toBe(400);
  });

  it('replaces the secret of a client that has such a role', async () => {
    const api = await clientOf(installation, workspaceId, ['api-clients:write', 'webhooks:write']);
    const rotate = async (...scopes: string[]) =>
      (await api.post(`/api-clients/${(await issued(...scopes)).clientId}/rotate-secret`)).status;
    expect(await rotate(CREATE)).toBe(200);
    expect(await rotate(LIST)).toBe(403);
  });

  it('sees a client with the scopes it was given, not with those they imply', async () => {
    const { clientId } = await issued('webhooks:write');
    expect((await installation.api.get(`/api-clients/${clientId}`)).data.scopes).toEqual(['webhooks:write']);
  });
});
