import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { clientOf, registerWorkspace, unique, webhookBody } from '../../../test/support/api.ts';
import { Installation } from '../../../test/support/installation.ts';
import { CatalogBootstrap } from './index.ts';
import { actionTriggers } from './trigger/action-triggers/action-triggers.ts';
import { NEVER_FIRES } from './trigger/actions.ts';
import { seedTriggers } from './trigger/seed-triggers.ts';
import type { TriggerDefinition } from './trigger/trigger.events.ts';
import { FIRST_VERSION } from './webhook/webhook-versions.ts';

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
  const listed = async () => (await api.get<{ items: TriggerDefinition[] }>('/triggers')).data.items;

  beforeAll(async () => {
    installation = await Installation.open();
    api = installation.api;
  });
  afterAll(() => installation.dispose());

  it('begins with the eleven triggers of workspaces and the 90 actions, which can be subscribed to', async () => {
    const seeds = [...seedTriggers.filter(({ type }) => type !== 'test'), ...actionTriggers];
    expect(seeds).toHaveLength(101);
    expect(await listed()).toEqual(seeds.sort((a, b) => (a.type < b.type ? -1 : 1)));
    const body = webhookBody('https://customer.example/hook', { triggers: seeds.map(({ type }) => type) });
    const headers = { Workspace: 'company1Workspace' };
    const { status, data } = await api.post('/settings/webhooks', body, { headers });
    expect([status, data.triggers]).toEqual([201, body.triggers]);
    expect(data.triggers).toContain(NEVER_FIRES);
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

  describe('has actions, which', () => {
    const type = 'booking-update';
    const action = { number: 7, name: 'BookingUpdate' };
    const asListed = async () => (await listed()).find((trigger) => trigger.type === type);

    it('have a number and a name', async () => {
      expect(await asListed()).toMatchObject({ action });
      expect((await listed()).filter((trigger) => trigger.action)).toHaveLength(90);
    });

    it('stay actions, whatever else is changed', async () => {
      const changed = await api.put(`/triggers/${type}`, definition(type));
      expect([changed.status, changed.data]).toEqual([200, { ...definition(type), action }]);
      expect(await asListed()).toEqual(changed.data);
      const again = await api.put(`/triggers/${type}`, { ...changed.data, label: 'Booking moved' });
      expect([again.status, again.data]).toEqual([200, { ...changed.data, label: 'Booking moved' }]);
      await installation.server.app.get(CatalogBootstrap).run();
      expect(await asListed()).toEqual(again.data);
    });

    it('are not made through the API, nor exchanged', async () => {
      const own = definition(unique('booking'));
      await api.post('/triggers', own);
      const attempts = [
        await api.post('/triggers', { ...definition(unique('booking')), action }),
        await api.put(`/triggers/${own.type}`, { ...own, action }),
        await api.put(`/triggers/${type}`, { ...definition(type), action: { ...action, number: 8 } }),
        await api.put(`/triggers/${type}`, { ...definition(type), action: null }),
      ];
      for (const { status, data } of attempts) expect([status, data.errors[0].field]).toEqual([400, 'action']);
      expect((await api.post('/triggers', definition(type))).status).toBe(409);
      expect(await asListed()).toMatchObject({ action });
      expect(await listed()).toContainEqual(own);
    });
  });

  it('belongs to the installation: a workspace cannot write to it, though it may have the scope', async () => {
    const workspace = await registerWorkspace(api, unique('workspace'));
    const client = await clientOf(installation, workspace, ['triggers:read', 'triggers:write']);
    expect((await client.post('/triggers', definition(unique('invoice')))).status).toBe(403);
    expect((await client.put('/triggers/workspace-created', definition('workspace-created'))).status).toBe(403);
    expect((await client.get('/triggers')).status).toBe(200);
  });
});

describe('an action that a release has reshaped', () => {
  const type = 'booking-create';
  const [before] = actionTriggers.filter((trigger) => trigger.type === type);
  const shape = {
    schema: { type: 'object', required: ['Booking'], properties: { Booking: { type: 'object' } } },
    example: { Booking: { Id: 5101 } },
  };
  let installation: Installation;
  let api: AxiosInstance;
  const listed = async (query = '') =>
    (await api.get<{ items: TriggerDefinition[] }>(`/triggers${query}`)).data.items.find((item) => item.type === type);

  beforeAll(async () => {
    installation = await Installation.open();
    api = installation.api;
    const triggers = { [type]: { ...shape, downgrade: 'Booking' } };
    expect((await api.post('/versions', { name: '2026-11-01', triggers })).status).toBe(201);
  });
  afterAll(() => installation.dispose());

  it('has the shape of each version, and is the same action in all', async () => {
    expect(await listed()).toEqual({ ...before, ...shape });
    expect(await listed(`?version=${FIRST_VERSION}`)).toEqual(before);
  });

  it('is taken in either shape', async () => {
    const event = (data: object) => ({ id: unique('evt'), type, workspaceId: 'company1Workspace', data });
    const { data } = await api.post('/events', [event(shape.example), event({ Id: 5101 })]);
    expect(data.items.map(({ status }: { status: string }) => status)).toEqual(['accepted', 'accepted']);
  });

  it('can be told of in other words', async () => {
    const changed = await api.put(`/triggers/${type}`, { ...(await listed()), label: 'Room booked' });
    expect([changed.status, changed.data]).toEqual([200, { ...before, ...shape, label: 'Room booked' }]);
    expect(await listed(`?version=${FIRST_VERSION}`)).toEqual({ ...before, label: 'Room booked' });
  });
});
