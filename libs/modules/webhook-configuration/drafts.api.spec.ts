import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { clientOf, createWebhook, registerWorkspace, SECRET, unique, webhookBody } from '../../../test/support/api.ts';
import { Installation } from '../../../test/support/installation.ts';
import { FIRST_VERSION } from './contract.ts';
import { NEWEST, release, reshaped } from './testing/release.ts';
import { MASK } from './webhook/webhook-view.ts';

const URL = 'https://customer.example/hook';
const NEW_URL = 'https://customer.example/new';
const ROUTE = '/settings/webhooks';

describe('the draft of a webhook', () => {
  let installation: Installation;
  let api: AxiosInstance;
  let workspace: string;
  let id: string;
  const inside = (headers: object = {}) => ({ headers: { Workspace: workspace, ...headers } });
  const live = async () => (await api.get(`${ROUTE}/${id}`, inside())).data;
  const view = (as = api) => as.get(`${ROUTE}/${id}/draft`, inside());
  const change = (body: unknown, headers: object = {}) => api.put(`${ROUTE}/${id}/draft`, body, inside(headers));
  const discard = (headers: object = {}) => api.delete(`${ROUTE}/${id}/draft`, inside(headers));
  const post = (action: string, headers: object = {}) =>
    api.post(`${ROUTE}/${id}/draft/${action}`, undefined, inside(headers));
  const events = () => installation.parts.eventStore.readStream(`webhook-${id}`);
  const eventTypes = async () => (await events()).map(({ type }) => type);

  beforeAll(async () => {
    installation = await Installation.open();
    api = installation.api;
    await release(api);
  });
  afterAll(() => installation.dispose());
  beforeEach(async () => {
    workspace = await registerWorkspace(api, unique('workspace'));
    id = await createWebhook(api, workspace, URL, { version: FIRST_VERSION });
    installation.clock.advance(1_000);
  });

  it('is not there until it is made', async () => {
    for (const { status, data } of [await view(), await discard(), await post('publish'), await post('test')]) {
      expect([status, data.detail]).toEqual([404, expect.stringMatching(/draft/)]);
    }
    expect(await live()).toMatchObject({ hasDraft: false });
    expect(await eventTypes()).toEqual(['WebhookCreated']);
  });

  it('is made on the newest version, and leaves the webhook as it is', async () => {
    const before = await live();
    const { status, data, headers } = await change({ url: NEW_URL, name: before.name });
    expect([status, headers['etag']]).toEqual([200, '"2"']);
    expect(data).toMatchObject({ version: NEWEST, of: FIRST_VERSION, by: 'admin', changes: { url: NEW_URL } });
    expect(await live()).toEqual({ ...before, hasDraft: true });
    const viewed = await view();
    expect([viewed.data, viewed.headers['etag']]).toEqual([data, '"2"']);
  });

  describe('shows', () => {
    it('the webhook as it would be, and what differs', async () => {
      const before = await live();
      const { data } = await change({ url: NEW_URL, secret: 'another', delivery: { strictOrder: true } });
      const { delivery } = data.webhook;
      expect(data.changes).toEqual({ url: NEW_URL, secret: 'another', delivery });
      expect(data.webhook).toEqual({
        ...{ ...before, url: NEW_URL, secret: 'another', delivery: { ...before.delivery, strictOrder: true } },
        ...{ version: NEWEST, expiresAt: null },
      });
      expect(data.differences).toEqual([
        { field: 'url', live: URL, draft: NEW_URL },
        { field: 'secret', live: SECRET, draft: 'another' },
        { field: 'delivery', live: before.delivery, draft: delivery },
        { field: 'version', live: FIRST_VERSION, draft: NEWEST },
      ]);
    });

    it('the payloads that the version changes, and those of triggers it adds', async () => {
      const { type, example, before } = reshaped;
      const moves = [{ trigger: type, live: before, draft: example }];
      expect((await change({})).data.examples).toEqual(moves);
      const added = await change({ triggers: [type, 'workspace-status-updated'], version: FIRST_VERSION });
      expect(added.data.examples).toEqual([
        { trigger: 'workspace-status-updated', live: null, draft: { status: 'suspended', previousStatus: 'active' } },
      ]);
      expect((await change({ triggers: ['workspace-created'] })).data.examples).toEqual([]);
    });

    it('no secrets to who may only read, though that they differ', async () => {
      await change({ secret: 'another', headers: { 'X-New': 'new' } });
      const reader = await clientOf(installation, workspace, ['webhooks:read']);
      const { data } = await view(reader);
      const masked = { secret: MASK, headers: { 'X-New': MASK } };
      expect(data).toMatchObject({ changes: masked, webhook: masked });
      expect(data.differences).toContainEqual({ field: 'secret', live: MASK, draft: MASK });
      expect(JSON.stringify(data)).not.toMatch(new RegExp(`another|${SECRET}|"new"`));
      const headers = { headers: { Workspace: workspace } };
      expect((await reader.put(`${ROUTE}/${id}/draft`, {}, headers)).status).toBe(403);
    });

    it('no difference where the webhook has been changed alike', async () => {
      await change({ secret: 'another', version: FIRST_VERSION });
      await api.put(`${ROUTE}/${id}`, webhookBody(URL, { secret: 'another' }), inside());
      expect((await view()).data).toMatchObject({ changes: { secret: 'another' }, differences: [] });
    });
  });

  describe('being changed', () => {
    it('is replaced as a whole', async () => {
      await change({ url: NEW_URL, version: FIRST_VERSION });
      const { data } = await change({ name: 'Invoices' });
      expect(data).toMatchObject({ version: FIRST_VERSION, changes: { name: 'Invoices' } });
      expect((await change({ version: NEWEST })).data).toMatchObject({ version: NEWEST, changes: {} });
    });

    it('by what was read appends nothing', async () => {
      const { data } = await change({ secret: 'another', headers: { 'X-New': 'new' }, url: NEW_URL });
      const before = await eventTypes();
      expect((await change({ ...data.changes, version: data.version })).data).toEqual(data);
      expect(await eventTypes()).toEqual(before);
    });

    it('takes what is masked as the webhook has it', async () => {
      const { data } = await change({ secret: MASK, headers: { Authorization: MASK, 'X-New': 'new' } });
      const headers = { Authorization: 'Bearer YOUR_ACCESS_TOKEN', 'X-New': 'new' };
      expect(data.changes).toEqual({ headers });
      const refused = await change({ headers: { 'X-Other': MASK } });
      expect([refused.status, refused.data.errors[0].field]).toEqual([400, 'headers.X-Other']);
    });

    it('insists on the ETag it is given', async () => {
      expect((await change({}, { 'If-Match': '"7"' })).status).toBe(412);
      expect((await change({}, { 'If-Match': '"0"' })).headers['etag']).toBe('"1"');
      expect((await post('publish', { 'If-Match': '"0"' })).status).toBe(412);
      expect((await discard({ 'If-Match': '"0"' })).status).toBe(412);
    });

    it.each([
      [{ version: '2026-02-30' }, 'version'],
      [{ status: 'disabled' }, 'status'],
      [{ url: 'nowhere' }, 'url'],
      [{ triggers: ['unheard-of'] }, 'triggers[0]'],
      [[], ''],
    ])('is refused with %j', async (body, field) => {
      const { status, data } = await change(body);
      expect([status, data.errors[0].field]).toEqual([400, field]);
      expect((await view()).status).toBe(404);
    });

    it('keeps its secrets out of the event store', async () => {
      await change({ secret: 'another secret', headers: { 'X-New': 'a new value' } });
      expect(JSON.stringify(await events())).not.toMatch(/another secret|a new value/);
    });
  });

  it('is tested where it would go, in its version', async () => {
    await change({ url: NEW_URL });
    const { status, data } = await post('test');
    expect([status, data]).toEqual([202, { deliveryId: expect.any(String) }]);
    expect((await events()).at(-1)).toMatchObject({
      type: 'TestRequested',
      data: { testId: data.deliveryId, version: NEWEST, target: { url: NEW_URL } },
    });
    expect(await live()).toMatchObject({ url: URL, version: FIRST_VERSION });
  });

  describe('being published', () => {
    it('becomes the webhook, as the draft showed it', async () => {
      const { data: draft } = await change({ url: NEW_URL });
      const { status, data, headers } = await post('publish');
      expect([status, headers['etag']]).toEqual([200, '"4"']);
      expect(data).toEqual({ ...draft.webhook, updated: installation.clock.now() });
      expect(await live()).toEqual(data);
      expect((await post('publish')).status).toBe(404);
      expect((await eventTypes()).slice(-2)).toEqual(['DraftPublished', 'WebhookChanged']);
    });

    it('leaves a disabled webhook disabled', async () => {
      await api.post(`${ROUTE}/${id}/disable`, undefined, inside());
      await change({});
      expect((await post('publish')).data).toMatchObject({ status: 'disabled', disabledBy: 'admin', version: NEWEST });
    });

    it('without any change is no change of the webhook', async () => {
      const { updated } = await live();
      await change({ version: FIRST_VERSION });
      expect((await post('publish')).data).toMatchObject({ updated, hasDraft: false, version: FIRST_VERSION });
      expect(await live()).toMatchObject({ updated });
    });
  });

  it('is gone when it was discarded, or when the webhook was moved without it', async () => {
    await change({ url: NEW_URL });
    expect((await discard()).status).toBe(204);
    expect((await view()).status).toBe(404);
    await change({});
    const moved = await api.put(`${ROUTE}/${id}`, webhookBody(URL, { version: NEWEST }), inside());
    expect(moved.data).toMatchObject({ version: NEWEST, hasDraft: false });
    expect((await view()).status).toBe(404);
    expect((await eventTypes()).slice(-2)).toEqual(['DraftCreated', 'WebhookChanged']);
  });

  it('is nowhere to be found but in its own workspace, and ends with its webhook', async () => {
    await change({});
    const home = workspace;
    workspace = await registerWorkspace(api, unique('workspace'));
    const answers = async () => [
      await view(),
      await change({}),
      await post('test'),
      await post('publish'),
      await discard(),
    ];
    expect((await answers()).map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    workspace = home;
    await api.delete(`${ROUTE}/${id}`, inside());
    expect((await answers()).map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  });
});
