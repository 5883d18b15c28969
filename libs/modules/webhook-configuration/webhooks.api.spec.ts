import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { clientOf, createWebhook, registerWorkspace, SECRET, unique, webhookBody } from '../../../test/support/api.ts';
import { Installation } from '../../../test/support/installation.ts';
import { FIRST_VERSION } from './contract.ts';
import { defaultDelivery } from './webhook/delivery-settings.ts';
import { MASK } from './webhook/webhook-view.ts';

const URL = 'https://customer.example/hook';
const ROUTE = '/settings/webhooks';

describe('the webhooks of a workspace', () => {
  let installation: Installation;
  let api: AxiosInstance;
  let workspace: string;
  let id: string;
  const inside = () => ({ headers: { Workspace: workspace } });
  const get = (path = `/${id}`, as = api) => as.get(`${ROUTE}${path}`, inside());
  const post = (path: string, body: unknown = undefined) => api.post(`${ROUTE}${path}`, body, inside());
  const put = (body: object, headers: Record<string, string> = {}) =>
    api.put(`${ROUTE}/${id}`, body, { headers: { ...inside().headers, ...headers } });
  const eventTypes = async () =>
    (await installation.parts.eventStore.readStream(`webhook-${id}`)).map(({ type }) => type);

  beforeAll(async () => {
    installation = await Installation.open();
    api = installation.api;
  });
  afterAll(() => installation.dispose());
  beforeEach(async () => {
    workspace = await registerWorkspace(api, unique('workspace'));
    id = await createWebhook(api, workspace, URL);
  });

  describe('creating one', () => {
    it('answers with the fields of the guide, in its order, then its own, and where it is', async () => {
      const { status, data, headers } = await post('', webhookBody(URL));
      expect(status).toBe(201);
      expect(Object.entries(data as object)).toEqual(
        Object.entries({
          id: expect.stringMatching(/^[0-9a-f]{24}$/),
          ...webhookBody(URL),
          updated: installation.clock.now(),
          delivery: defaultDelivery,
          version: FIRST_VERSION,
          expiresAt: null,
          expiring: false,
          disabledBy: null,
          hasDraft: false,
          dialect: 'workspace',
          number: expect.any(Number),
          previousSecretUntil: null,
        }),
      );
      expect(headers).toMatchObject({ etag: '"0"', location: `${ROUTE}/${data.id}` });
    });

    it('names everything that is wrong at once', async () => {
      const { status, data } = await post('', { ...webhookBody('nowhere'), secret: '', triggers: ['unheard-of'] });
      expect(status).toBe(400);
      expect(data.errors.map(({ field }: { field: string }) => field).sort()).toEqual(['secret', 'triggers[0]', 'url']);
    });

    it.each([[undefined], ['null'], ['[]'], ['{']])('needs an object, not %j', async (body) => {
      const headers = { ...inside().headers, 'Content-Type': 'application/json' };
      expect((await api.post(ROUTE, body, { headers })).status).toBe(400);
    });

    it('keeps the secret and the header values out of the event store', async () => {
      const stored = JSON.stringify(await installation.parts.eventStore.readStream(`webhook-${id}`));
      expect(stored).not.toContain(SECRET);
      expect(stored).not.toContain('YOUR_ACCESS_TOKEN');
    });
  });

  describe('reading one', () => {
    it('shows the secret to who may write it, and the mask to who may only read', async () => {
      const reader = await clientOf(installation, workspace, ['webhooks:read']);
      expect((await get()).data).toMatchObject({
        secret: SECRET,
        headers: { Authorization: 'Bearer YOUR_ACCESS_TOKEN' },
      });
      const masked = await get(`/${id}`, reader);
      expect(masked.data).toMatchObject({ secret: MASK, headers: { Authorization: MASK } });
      expect(masked.headers['etag']).toBe('"0"');
    });

    it('finds it in its own workspace only, however far the token reaches', async () => {
      const child = await registerWorkspace(api, unique('child'), workspace);
      const inChild = await createWebhook(api, child, URL);
      expect((await get(`/${inChild}`)).status).toBe(404);
      expect((await get('/66b204f0c992d50b8b2f984c')).status).toBe(404);
    });

    it('needs the Workspace header', async () => expect((await api.get(`${ROUTE}/${id}`)).status).toBe(400));
  });

  describe('replacing one', () => {
    it('with what was read changes nothing', async () => {
      const read = await get();
      const { status, data, headers } = await put(read.data);
      expect([status, data, headers['etag']]).toEqual([200, read.data, '"0"']);
      expect(await eventTypes()).toEqual(['WebhookCreated']);
    });

    it('keeps what is masked or left out', async () => {
      const { secret: _, ...body } = webhookBody(URL, { name: 'Invoices', headers: { authorization: MASK } });
      expect((await put(body)).data).toMatchObject({
        name: 'Invoices',
        secret: SECRET,
        headers: { authorization: 'Bearer YOUR_ACCESS_TOKEN' },
      });
    });

    it('takes a new secret, and disables in the same call', async () => {
      installation.clock.advance(1_000);
      const { data } = await put(webhookBody(URL, { secret: 'another', status: 'disabled' }));
      expect(data).toMatchObject({ secret: 'another', status: 'disabled', updated: installation.clock.now() });
      expect(await eventTypes()).toEqual(['WebhookCreated', 'WebhookChanged', 'WebhookDisabled']);
      expect((await get()).data).toEqual(data);
    });

    it('insists on the ETag it is given', async () => {
      expect((await put(webhookBody(URL, { name: 'A' }), { 'If-Match': '"0"' })).headers['etag']).toBe('"1"');
      expect((await put(webhookBody(URL, { name: 'B' }), { 'If-Match': '"0"' })).status).toBe(412);
      expect((await get()).data.name).toBe('A');
    });

    it('refuses a mask that stands for nothing', async () => {
      const { status, data } = await put(webhookBody(URL, { headers: { 'X-New': MASK } }));
      expect([status, data.errors[0].field]).toEqual([400, 'headers.X-New']);
    });

    it('tells nobody of a webhook elsewhere, whatever ETag is guessed', async () => {
      workspace = await registerWorkspace(api, unique('workspace'));
      for (const guess of ['"0"', '"7"']) expect((await put(webhookBody(URL), { 'If-Match': guess })).status).toBe(404);
    });
  });

  describe('listing them', () => {
    it('shows the newest first, masked', async () => {
      installation.clock.advance(1);
      const newer = await createWebhook(api, workspace, URL);
      const { data } = await get('');
      expect(data).toMatchObject({
        items: [
          { id: newer, secret: MASK },
          { id, headers: { Authorization: MASK } },
        ],
      });
      expect(data.nextCursor).toBeNull();
    });

    it('filters by status and trigger, with full pages', async () => {
      const wanted: string[] = [];
      for (let i = 0; i < 6; i++) {
        installation.clock.advance(1);
        const matches = i % 2 === 0;
        const triggers = [matches ? 'subscription-updated' : 'workspace-created'];
        const made = await createWebhook(api, workspace, URL, { triggers, status: 'disabled' });
        if (matches) wanted.unshift(made);
      }
      const query = '?status=disabled&trigger=subscription-updated&limit=2';
      const first = (await get(query)).data;
      const second = (await get(`${query}&cursor=${first.nextCursor}`)).data;
      const ids = [...first.items, ...second.items].map((item: { id: string }) => item.id);
      expect([first.items.length, ids, second.nextCursor]).toEqual([2, wanted, null]);
      expect((await get('?status=enabled')).data.items).toMatchObject([{ id }]);
    });

    it('refuses a filter it does not know', async () => expect((await get('?colour=red')).status).toBe(400));
  });

  describe('switching one', () => {
    it('is done once, and answers with the webhook', async () => {
      installation.clock.advance(1_000);
      const disabled = await post(`/${id}/disable`);
      expect([disabled.status, disabled.headers['etag']]).toEqual([200, '"1"']);
      expect(disabled.data).toMatchObject({ status: 'disabled', disabledBy: 'admin' });
      installation.clock.advance(1_000);
      expect((await post(`/${id}/disable`)).data).toEqual(disabled.data);
      expect((await post(`/${id}/enable`)).data).toMatchObject({
        status: 'enabled',
        disabledBy: null,
        updated: installation.clock.now(),
      });
      expect(await eventTypes()).toEqual(['WebhookCreated', 'WebhookDisabled', 'WebhookEnabled']);
    });

    it('cancels what it held on demand, before or in the call that enables it', async () => {
      await post(`/${id}/disable`);
      expect((await post(`/${id}/cancel-held`)).status).toBe(202);
      await post(`/${id}/enable`);
      await post(`/${id}/disable`);
      expect((await post(`/${id}/enable`, { held: 'cancel' })).data.status).toBe('enabled');
      expect((await eventTypes()).slice(2)).toEqual([
        'HeldCancelled',
        'WebhookEnabled',
        'WebhookDisabled',
        'HeldCancelled',
        'WebhookEnabled',
      ]);
    });
  });

  it('can be tested, also while disabled', async () => {
    await post(`/${id}/disable`);
    const { status, data } = await post(`/${id}/test`);
    expect([status, data]).toEqual([202, { deliveryId: expect.any(String) }]);
    const last = (await installation.parts.eventStore.readStream(`webhook-${id}`)).at(-1);
    expect(last).toMatchObject({ type: 'TestRequested', data: { testId: data.deliveryId } });
  });

  it('end with their removal', async () => {
    expect((await api.delete(`${ROUTE}/${id}`, inside())).status).toBe(204);
    expect((await get()).status).toBe(404);
    expect((await get('')).data.items).toEqual([]);
    expect((await put(webhookBody(URL))).status).toBe(404);
    for (const action of ['enable', 'disable', 'test', 'cancel-held']) {
      expect((await post(`/${id}/${action}`)).status).toBe(404);
    }
    expect((await api.delete(`${ROUTE}/${id}`, inside())).status).toBe(404);
  });
});
