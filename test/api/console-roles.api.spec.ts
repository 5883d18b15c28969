import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { scopesOf } from '../../libs/modules/accounts/contract.ts';
import { createWebhook, event, publish, registerWorkspace } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { OpenApi, type Placed } from './open-api.ts';

const ROLES = ['viewer', 'webhook-admin', 'owner'] as const;
const NEEDS_SCOPE = /lacks the scope/;

/** Each guarded route, by what stands in its path, with an id of the other tenant's. */
let foreign: Record<string, string>;
let installation: Installation;
let operations: readonly Placed[];
const sessions = new Map<string, AxiosInstance>();

beforeAll(async () => {
  installation = await Installation.start();
  const { api } = installation;
  for (const tenant of ['acme', 'globex']) await registerWorkspace(api, tenant);
  for (const role of ROLES) sessions.set(role, await linkInto('acme', role));
  foreign = await resourcesOf('globex');
  operations = (await OpenApi.of(api)).operations.filter((operation) => operation['x-scope'] !== 'public');
});
afterAll(() => installation.dispose());

/** Whoever opened a console link with this role. */
async function linkInto(workspaceId: string, role: string): Promise<AxiosInstance> {
  const { data } = await installation.api.post<{ url: string }>(`/workspaces/${workspaceId}/console-links`, { role });
  const token = new URL(data.url).hash.slice(1);
  const opened = await installation.anonymous().post('/session/link', { token });
  expect(opened.status).toBe(200);
  const [cookie = ''] = opened.headers['set-cookie']?.[0]?.split(';') ?? [];
  return installation.anonymous({ Cookie: cookie, 'Carillon-Console': '1' });
}

async function resourcesOf(workspaceId: string): Promise<Record<string, string>> {
  const { api } = installation;
  const headers = { Workspace: workspaceId };
  const webhook = await createWebhook(api, workspaceId, 'https://globex.example/hook');
  await api.put(`/settings/webhooks/${webhook}/draft`, { name: 'Draft' }, { headers });
  const [published] = await publish(api, event(workspaceId));
  await installation.settled();
  const delivery = (await api.get('/deliveries', { params: { webhook } })).data.items[0].id as string;
  const client = await api.post('/api-clients', { name: 'theirs', workspaceId, scopes: ['webhooks:read'] });
  const invited = { email: 'them@globex.example', name: 'Them', role: 'owner', workspaceId };
  const user = await api.post('/users', invited);
  const link = await api.post(`/workspaces/${workspaceId}/console-links`, { role: 'viewer' });
  const job = await api.post('/redeliveries', { webhookId: webhook, what: 'all' });
  return {
    '/settings/webhooks': webhook,
    '/deliveries': delivery,
    '/events': published?.id ?? '',
    '/api-clients': client.data.clientId,
    '/users': user.data.id,
    '/console-links': link.data.id,
    '/workspaces': workspaceId,
    '/redeliveries': job.data.id,
  };
}

/** What is the installation's has no tenant: its routes are the operators'. */
const OF_INSTALLATION = [
  '/versions',
  '/triggers',
  '/mails',
  '/parked-events',
  '/notifications',
  '/session',
  '/api/sys',
];
const isTenants = ({ path }: Placed) => !OF_INSTALLATION.some((prefix) => path.startsWith(prefix));

const ask = (as: AxiosInstance, { method, path }: Placed, id: string) =>
  as.request<{ detail?: string; Message?: string }>({
    method,
    url: path.replace(/\{[^}]+\}/g, id),
    headers: { Workspace: 'acme' },
    ...(method === 'GET' ? {} : { data: {} }),
  });

describe.each(ROLES)('a %s', (role) => {
  it('is let to the routes of its scopes, and to no other', async () => {
    const scopes = scopesOf(role);
    const session = sessions.get(role) as AxiosInstance;
    const wrong: string[] = [];
    for (const operation of operations.filter(({ path }) => !path.startsWith('/session') && path !== '/changes')) {
      const { status, data } = await ask(session, operation, 'no-such-id');
      const isLacking = status === 403 && NEEDS_SCOPE.test(data.detail ?? data.Message ?? '');
      const scope = operation['x-scope'] ?? '';
      if (isLacking === scopes.has(scope) || status === 401) wrong.push(`${operation.name} (${scope}): ${status}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('what belongs to another tenant', () => {
  it('does not exist, whatever is asked of it', async () => {
    const session = sessions.get('owner') as AxiosInstance;
    const scopes = scopesOf('owner');
    const named = operations.filter((each) => each.pathParameters.length > 0 && isTenants(each));
    const answers: Record<string, number> = {};
    for (const operation of named.filter((each) => scopes.has(each['x-scope'] ?? ''))) {
      const prefix = Object.keys(foreign).find((path) => operation.path.startsWith(`${path}/{`));
      answers[operation.name] =
        prefix === undefined ? -1 : (await ask(session, operation, foreign[prefix] ?? '')).status;
    }
    expect(Object.keys(answers).length).toBeGreaterThan(20);
    expect(Object.entries(answers).filter(([, status]) => status !== 404 && status !== 400)).toEqual([]);
  });

  it('is not looked for among the events of what was moved there', async () => {
    const { api } = installation;
    await registerWorkspace(api, 'moving', 'acme');
    await createWebhook(api, 'acme', 'https://acme.example/hook');
    await publish(api, event('moving'));
    await installation.settled();
    const session = sessions.get('owner') as AxiosInstance;
    const listed = async () => (await session.get('/deliveries?eventWorkspace=moving')).data.items.length as number;
    const counted = async () => (await session.get('/deliveries/count?eventWorkspace=moving')).data.count as number;
    expect([await listed(), await counted()]).toEqual([1, 1]);
    await api.post('/workspaces/moving/move', { parentWorkspaceId: 'globex' });
    expect([await listed(), await counted()]).toEqual([0, 0]);
    expect((await session.get('/deliveries?kind=event')).data.items).toHaveLength(1);
  });

  it('is in no list', async () => {
    const session = sessions.get('owner') as AxiosInstance;
    const lists = operations.filter(
      ({ method, path }) => method === 'GET' && !path.includes('{') && path !== '/changes',
    );
    for (const { path } of lists) {
      const { data } = await session.get<unknown>(path, { headers: { Workspace: 'acme' } });
      expect(JSON.stringify(data)).not.toMatch(/globex/);
    }
  });
});
