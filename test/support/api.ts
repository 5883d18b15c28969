import type { AxiosInstance } from 'axios';
import type { Installation } from './installation.ts';

let made = 0;
export const unique = (name: string): string => `${name}-${++made}`;

export const SECRET = 'supersecuresecret';

/** The API guide's request, on a receiver of the test. */
export const webhookBody = (url: string, changes: object = {}) => ({
  name: 'Billing webhooks',
  description: 'Used for updating QuickBooks',
  applyToAllDescendants: true,
  url,
  secret: SECRET,
  headers: { Authorization: 'Bearer YOUR_ACCESS_TOKEN' },
  triggers: ['workspace-created', 'subscription-updated'],
  status: 'enabled',
  ...changes,
});

export async function registerWorkspace(api: AxiosInstance, id: string, parentWorkspaceId = ''): Promise<string> {
  const body = { id, parentWorkspaceId, type: 'channel', companyName: id, displayName: id };
  const { status, data } = await api.post<unknown>('/workspaces', body);
  if (status !== 201) throw new Error(`POST /workspaces answered ${status}: ${JSON.stringify(data)}`);
  return id;
}

export async function createWebhook(
  api: AxiosInstance,
  workspaceId: string,
  url: string,
  changes: object = {},
): Promise<string> {
  const headers = { Workspace: workspaceId };
  const { status, data } = await api.post<{ id: string }>('/settings/webhooks', webhookBody(url, changes), { headers });
  if (status !== 201) throw new Error(`POST /settings/webhooks answered ${status}: ${JSON.stringify(data)}`);
  return data.id;
}

/** An event of a trigger whose schema takes nearly anything. */
export const event = (workspaceId: string, changes: object = {}) => ({
  id: unique('evt'),
  type: 'workspace-created',
  workspaceId,
  data: { companyName: 'company1', displayName: 'company1', type: 'child' },
  ...changes,
});

export const events = (count: number, workspaceId = 'workspace') =>
  Array.from({ length: count }, () => event(workspaceId));
export const idsOf = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id);

export async function publish(api: AxiosInstance, ...events: object[]): Promise<{ id: string; status: string }[]> {
  const { status, data } = await api.post<{ items: { id: string; status: string }[] }>('/events', events);
  if (status !== 202) throw new Error(`POST /events answered ${status}: ${JSON.stringify(data)}`);
  return data.items;
}

/** A token bound to a workspace, with these scopes. */
export async function clientOf(
  installation: Installation,
  workspaceId: string,
  scopes: readonly string[],
): Promise<AxiosInstance> {
  const body = { name: unique('client'), workspaceId, scopes };
  const { status, data } = await installation.api.post<{ clientId: string; clientSecret: string }>(
    '/api-clients',
    body,
  );
  if (status !== 201) throw new Error(`POST /api-clients answered ${status}: ${JSON.stringify(data)}`);
  return installation.as(data.clientId, data.clientSecret);
}
