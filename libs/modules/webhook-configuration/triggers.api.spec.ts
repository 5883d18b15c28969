import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { clientOf, registerWorkspace, unique, webhookBody } from '../../../test/support/api.ts';
import { Installation } from '../../../test/support/installation.ts';
import { CatalogBootstrap } from './index.ts';
import { seedTriggers } from './trigger/seed-triggers.ts';

const definition = (type: string) => ({
  type,
  label: 'Invoice paid',
  description: 'An invoice was paid.',
  schema: { type: 'object', required: ['amount'], properties: { amount: { type: 'string' } } },
  example: { amount: '12' },
});

describe('the catalog', () => {
  let installation: Installation;
  let api: AxiosInstance;
  const listed = async () => (await api.get<{ items: { type: string }[] }>('/triggers')).data.items;

  beforeAll(async () => {
    installation = await Installation.open();
    api = installation.api;
  });
  afterAll(() => installation.dispose());

  it('begins with the eleven triggers that can be subscribed to', async () => {
    const seeds = seedTriggers.filter(({ type }) => type !== 'test');
    expect(seeds).toHaveLength(11);
    expect(await listed()).toEqual(seeds.sort((a, b) => (a.type < b.type ? -1 : 1)));
  });

  it('is not added to twice by a second start', async () => {
    const head = await installation.parts.eventStore.head();
    await installation.server.app.get(CatalogBootstrap).run();
    expect(await installation.parts.eventStore.head()).toBe(head);
  });

  it('takes a trigger of the operator, which webhooks can then subscribe to', async () => {
    const type = unique('invoice.paid');
    const added = await api.post('/triggers', definition(type));
    expect([added.status, added.data]).toEqual([201, definition(type)]);
    expect(await listed()).toContainEqual(definition(type));
    expect((await api.post('/triggers', definition(type))).status).toBe(409);
    const body = webhookBody('https://customer.example/hook', { triggers: [type] });
    const headers = { Workspace: 'company1Workspace' };
    expect((await api.post('/settings/webhooks', body, { headers })).status).toBe(201);
  });

  it('lets a trigger be changed, but not renamed', async () => {
    const { type, ...rest } = definition(unique('invoice.sent'));
    expect((await api.put(`/triggers/${type}`, rest)).status).toBe(404);
    await api.post('/triggers', { type, ...rest });
    const changed = await api.put(`/triggers/${type}`, { ...rest, label: 'Sent' });
    expect([changed.status, changed.data]).toEqual([200, { type, ...rest, label: 'Sent' }]);
    expect(await listed()).toContainEqual(changed.data);
    expect((await api.put(`/triggers/${type}`, { ...rest, type: 'other' })).status).toBe(400);
  });

  it.each([
    ['schema', { schema: { type: 'money' } }],
    ['example', { example: { amount: 12 } }],
    ['type', { type: 'Invoice Paid' }],
    ['label', { label: undefined }],
  ])('refuses a definition, naming its %s', async (field, change) => {
    const { status, data } = await api.post('/triggers', { ...definition(unique('invoice')), ...change });
    expect([status, data.errors[0].field]).toEqual([400, field]);
  });

  it('belongs to the installation: a workspace cannot write to it, though it may have the scope', async () => {
    const workspace = await registerWorkspace(api, unique('workspace'));
    const client = await clientOf(installation, workspace, ['triggers:read', 'triggers:write']);
    expect((await client.post('/triggers', definition(unique('invoice')))).status).toBe(403);
    expect((await client.put('/triggers/workspace-created', definition('workspace-created'))).status).toBe(403);
    expect((await client.get('/triggers')).status).toBe(200);
  });
});
