import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosResponse } from 'axios';
import { registerWorkspace, unique } from '../../../test/support/api.ts';
import { Installation } from '../../../test/support/installation.ts';

const WEBHOOKS = '/api/sys/webhooks';
const BOTH = 'Bearer, Basic realm="Carillon", charset="UTF-8"';

let installation: Installation;
let workspaceId: string;
beforeAll(async () => {
  installation = await Installation.open();
  workspaceId = await registerWorkspace(installation.api, unique('location'));
});
afterAll(() => installation.dispose());

type Client = { readonly clientId: string; readonly clientSecret: string };

const issued = async (...scopes: string[]): Promise<Client> =>
  (await installation.api.post('/api-clients', { name: unique('client'), workspaceId, scopes })).data;
const as = ({ clientId, clientSecret }: Client, request: string): Promise<AxiosResponse> => {
  const [method, url] = request.split(' ');
  const auth = { username: clientId, password: clientSecret };
  return installation.anonymous().request({ method, url, auth });
};
const outcome = async (client: Client, request = `GET ${WEBHOOKS}`) => {
  const { status, headers } = await as(client, request);
  return [status, headers['www-authenticate']];
};

describe('a client with its id and secret', () => {
  it('is let in where Basic is taken, with the scopes it has and the roles they imply', async () => {
    const reader = await issued('webhooks:read');
    expect(await outcome(reader)).toEqual([200, undefined]);
    expect(await outcome(reader, `GET ${WEBHOOKS}/1`)).toEqual([404, undefined]);
    expect(await outcome(reader, `DELETE ${WEBHOOKS}/1`)).toEqual([403, undefined]);
    const lister = await issued('location-webhooks:list');
    expect(await outcome(lister)).toEqual([200, undefined]);
    expect(await outcome(lister, `GET ${WEBHOOKS}/1`)).toEqual([403, undefined]);
  });

  it('is refused everywhere else, be the secret right or wrong', async () => {
    const client = await issued('webhooks:read', 'workspaces:read');
    for (const clientSecret of [client.clientSecret, ...Array.from({ length: 11 }, (_, i) => `wrong-${i}`)]) {
      expect(await outcome({ ...client, clientSecret }, 'GET /workspaces')).toEqual([401, 'Bearer']);
    }
    expect(await outcome({ ...client, clientSecret: 'wrong' })).toEqual([401, BOTH]);
  });

  it('is refused from the next request on when the secret is replaced, and when it is revoked', async () => {
    const client = await issued('webhooks:read');
    expect(await outcome(client)).toEqual([200, undefined]);
    const { data: rotated } = await installation.api.post(`/api-clients/${client.clientId}/rotate-secret`);
    expect(await outcome(client)).toEqual([401, BOTH]);
    expect(await outcome(rotated)).toEqual([200, undefined]);
    await installation.api.delete(`/api-clients/${client.clientId}`);
    expect(await outcome(rotated)).toEqual([401, BOTH]);
  });

  it('has to wait after ten failures, as at the token endpoint', async () => {
    const client = { clientId: unique('nobody'), clientSecret: 'wrong' };
    for (let i = 0; i < 10; i++) expect(await outcome(client)).toEqual([401, BOTH]);
    const { status, headers } = await as(client, `GET ${WEBHOOKS}`);
    expect([status, headers['retry-after']]).toEqual([503, '6']);
    const { clientId: client_id, clientSecret: client_secret } = client;
    const body = { client_id, client_secret, audience: '', grant_type: 'client_credentials' };
    expect((await installation.anonymous().post('/oauth/token', body)).status).toBe(429);
  });
});

describe('a bearer token', () => {
  it('is taken where Basic is', async () => {
    expect((await installation.api.get(WEBHOOKS)).status).toBe(200);
  });
});
