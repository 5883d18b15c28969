import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { unique } from '../../../test/support/api.ts';
import { Installation } from '../../../test/support/installation.ts';
import { bodyOf, createIn, expectFailure, openLocation, ROUTE } from './envelope/testing/location-requests.ts';

/** Each call, by the role that it needs. */
const CALLS = {
  'WebHook-Create': (as: AxiosInstance) => as.post(ROUTE, bodyOf(businessId)),
  'WebHook-Edit': (as: AxiosInstance) => as.put(ROUTE, { Id: id, ...bodyOf(businessId) }),
  'WebHook-Read': (as: AxiosInstance) => as.get(`${ROUTE}/${id}`),
  'WebHook-List': (as: AxiosInstance) => as.get(ROUTE),
  'WebHook-Delete': (as: AxiosInstance) => as.delete(`${ROUTE}/${id}`),
};
type Role = keyof typeof CALLS;
const ROLES = Object.keys(CALLS) as Role[];
const scopeOf = (role: Role) => role.replace('WebHook-', 'location-webhooks:').toLowerCase();
const CHALLENGE = 'Bearer, Basic realm="Carillon", charset="UTF-8"';

let installation: Installation;
let businessId: number;
let workspaceId: string;
let id: number;

beforeAll(async () => {
  installation = await Installation.open();
  ({ businessId, workspaceId } = await openLocation(installation.api));
});
afterAll(() => installation.dispose());
beforeEach(async () => {
  id = await createIn(installation.api, businessId);
});

type Credentials = { readonly clientId: string; readonly clientSecret: string };

async function issue(scopes: readonly string[]): Promise<Credentials> {
  const client = { name: unique('client'), workspaceId, scopes };
  const { status, data } = await installation.api.post<Credentials>('/api-clients', client);
  if (status !== 201) throw new Error(`POST /api-clients answered ${status}: ${JSON.stringify(data)}`);
  return data;
}
const byBearer = ({ clientId, clientSecret }: Credentials) => installation.as(clientId, clientSecret);
const byBasic = ({ clientId, clientSecret }: Credentials) =>
  installation.anonymous({ Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` });

/** The roles whose calls are answered; every other one has to be refused in full. */
async function rolesOf(client: AxiosInstance): Promise<Role[]> {
  const answered: Role[] = [];
  for (const role of ROLES) {
    const answer = await CALLS[role](client);
    if (answer.status === 200) answered.push(role);
    else expectFailure(answer, 403, `The caller lacks the scope ${scopeOf(role)}.`);
  }
  return answered;
}

describe('who may call', () => {
  it.each(ROLES)('is whoever has the role %s, with a token or with HTTP Basic, and nothing more', async (role) => {
    const credentials = await issue([scopeOf(role)]);
    expect(await rolesOf(await byBearer(credentials))).toEqual([role]);
    id = await createIn(installation.api, businessId);
    expect(await rolesOf(byBasic(credentials))).toEqual([role]);
  });

  it.each<[string[], Role[]]>([
    [['webhooks:read', 'webhooks:write'], ROLES],
    [['webhooks:write'], ['WebHook-Create', 'WebHook-Edit', 'WebHook-Delete']],
    [['webhooks:read'], ['WebHook-Read', 'WebHook-List']],
    [['deliveries:read', 'workspaces:write', 'triggers:write'], []],
  ])('is an administrator with %j', async (scopes, roles) => {
    const credentials = await issue(scopes);
    expect(await rolesOf(await byBearer(credentials))).toEqual(roles);
    id = await createIn(installation.api, businessId);
    expect(await rolesOf(byBasic(credentials))).toEqual(roles);
  });

  it('is named by what it wrote', async () => {
    const credentials = await issue(['webhooks:write', 'webhooks:read']);
    const { data } = await byBasic(credentials).put(ROUTE, { Id: id, ...bodyOf(businessId, { Name: 'A' }) });
    expect(data.UpdatedBy).toBe(credentials.clientId);
    expect(
      (await installation.api.put(ROUTE, { Id: id, ...bodyOf(businessId, { Name: 'B' }) })).data.UpdatedBy,
    ).not.toBe(credentials.clientId);
  });
});

describe('whoever is not known', () => {
  it.each<[string, () => Promise<AxiosInstance> | AxiosInstance]>([
    ['nothing', () => installation.anonymous()],
    ['a token that is none', () => installation.anonymous({ Authorization: 'Bearer abc.def.ghi' })],
    ['Basic that is none', () => installation.anonymous({ Authorization: 'Basic !' })],
    ['another scheme', () => installation.anonymous({ Authorization: 'Digest username="x"' })],
    ['a wrong secret', async () => byBasic({ ...(await issue(['webhooks:write'])), clientSecret: 'wrong' })],
    ['an unknown client', () => byBasic({ clientId: unique('nobody'), clientSecret: 'wrong' })],
  ])('is refused, and told what would be taken: %s', async (_, client) => {
    const as = await client();
    for (const role of ROLES) {
      const answer = await CALLS[role](as);
      expectFailure(answer, 401);
      expect(answer.headers['www-authenticate']).toBe(CHALLENGE);
    }
  });

  it('learns nothing of a request but that', async () => {
    expectFailure(await installation.anonymous().post(ROUTE, {}), 401);
  });

  it('cannot use HTTP Basic elsewhere', async () => {
    const client = byBasic(await issue(['webhooks:read', 'webhooks:write']));
    const { status, headers } = await client.get('/settings/webhooks', { headers: { Workspace: workspaceId } });
    expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer']);
  });
});
