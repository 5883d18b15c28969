import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { createWebhook, registerWorkspace, unique, webhookBody } from '../../../test/support/api.ts';
import { CLIENT, Installation } from '../../../test/support/installation.ts';
import { FIRST_VERSION, WEBHOOK_VERSIONS, type WebhookVersions } from './contract.ts';
import { NEWEST, release, reshaped } from './testing/release.ts';

const URL = 'https://customer.example/hook';
const ROUTE = '/settings/webhooks';
const UNKNOWN = '2026-02-30';

describe('the version of a webhook', () => {
  let installation: Installation;
  let api: AxiosInstance;
  let workspace: string;
  let releasedAt: number;
  const inside = () => ({ headers: { Workspace: workspace } });
  const get = (path: string) => api.get(`${ROUTE}${path}`, inside());
  const post = (path: string, body: unknown = undefined) => api.post(`${ROUTE}${path}`, body, inside());
  const put = (id: string, body: object) => api.put(`${ROUTE}/${id}`, body, inside());
  const on = (version: string, changes: object = {}) => createWebhook(api, workspace, URL, { version, ...changes });
  const eventTypes = async (id: string) =>
    (await installation.parts.eventStore.readStream(`webhook-${id}`)).map(({ type }) => type);
  /** With a new token: they expire by the same clock. */
  const at = async (time: string) => {
    installation.clock.advanceTo(Date.parse(time));
    api = await installation.as(CLIENT.id, CLIENT.secret);
  };

  beforeAll(async () => {
    installation = await Installation.open();
    api = installation.api;
    releasedAt = installation.clock.now();
  });
  afterAll(() => installation.dispose());
  beforeEach(async () => void (workspace = await registerWorkspace(api, unique('workspace'))));

  it('is the first one before any release, and does not expire', async () => {
    const { data } = await post('', webhookBody(URL));
    const told = { version: FIRST_VERSION, expiresAt: null, expiring: false, disabledBy: null, hasDraft: false };
    expect(data).toMatchObject(told);
    expect((await get(`/${data.id}`)).data).toMatchObject(told);
  });

  it('stays what it is when another is released, and tells when it expires', async () => {
    const before = await createWebhook(api, workspace, URL);
    await release(api);
    const after = await createWebhook(api, workspace, URL);
    expect(new Date(releasedAt).toISOString()).toBe('2026-11-02T09:00:00.000Z');
    const expiresAt = Date.parse('2027-05-02T09:00:00Z');
    expect((await get(`/${before}`)).data).toMatchObject({ version: FIRST_VERSION, expiresAt, expiring: false });
    expect((await get(`/${after}`)).data).toMatchObject({ version: NEWEST, expiresAt: null, expiring: false });
  });

  it('is the newest by default, also in a process that has yet to hear of its release', async () => {
    const versions = installation.server.app.get<WebhookVersions>(WEBHOOK_VERSIONS);
    const hear = () => ['current', 'caughtUp'].forEach((name) => Reflect.deleteProperty(versions, name));
    Object.assign(versions, { current: () => FIRST_VERSION, caughtUp: async () => hear() });
    expect((await get(`/${await createWebhook(api, workspace, URL)}`)).data.version).toBe(NEWEST);
  });

  it('can be chosen when it is created, and be filtered by', async () => {
    const [older, newer] = [await on(FIRST_VERSION), await on(NEWEST)];
    expect((await get(`?version=${FIRST_VERSION}`)).data.items).toMatchObject([{ id: older, version: FIRST_VERSION }]);
    expect((await get(`?version=${NEWEST}&status=enabled`)).data.items).toMatchObject([{ id: newer }]);
    expect((await get(`?version=${UNKNOWN}`)).data.items).toEqual([]);
  });

  it('is changed by replacing the webhook, and by that alone', async () => {
    const id = await on(FIRST_VERSION);
    const read = (await get(`/${id}`)).data;
    expect((await put(id, read)).data).toEqual(read);
    expect((await put(id, webhookBody(URL, { name: 'Invoices' }))).data.version).toBe(FIRST_VERSION);
    expect((await put(id, { ...read, version: NEWEST })).data).toMatchObject({ version: NEWEST, expiresAt: null });
    expect((await get(`/${id}`)).data).toMatchObject({ version: NEWEST });
    expect(await eventTypes(id)).toEqual(['WebhookCreated', 'WebhookChanged', 'WebhookChanged']);
  });

  it('is a known one', async () => {
    const id = await on(NEWEST);
    const body = webhookBody(URL, { version: UNKNOWN, url: 'nowhere' });
    for (const { status, data } of [await post('', body), await put(id, body)]) {
      expect([status, data.errors.map(({ field }: { field: string }) => field).sort()]).toEqual([
        400,
        ['url', 'version'],
      ]);
    }
  });

  describe('decides the shapes in the catalog of triggers, which', () => {
    const { type, schema, example } = reshaped;
    const listed = async (query = '') =>
      (await api.get<{ items: { type: string }[] }>(`/triggers${query}`)).data.items.find((item) => item.type === type);

    it('are those of the newest one, or of one that is asked for', async () => {
      expect(await listed()).toMatchObject({ schema, example });
      expect(await listed(`?version=${NEWEST}`)).toMatchObject({ schema, example });
      expect(await listed(`?version=${FIRST_VERSION}`)).toMatchObject({ example: reshaped.before });
      expect((await api.get(`/triggers?version=${UNKNOWN}`)).status).toBe(400);
    });

    it('are changed by releases only, once one has changed them', async () => {
      const change = (to: object) => api.put(`/triggers/${type}`, { ...{ label: 'Plan', description: '' }, ...to });
      const older = { schema: {}, example: reshaped.before };
      const refused = await change(older);
      expect([refused.status, refused.data.detail]).toEqual([409, expect.stringContaining('POST /versions')]);
      const changed = await change({ schema, example });
      expect([changed.status, changed.data]).toEqual([200, { type, label: 'Plan', description: '', schema, example }]);
      expect(await listed()).toEqual(changed.data);
      expect(await listed(`?version=${FIRST_VERSION}`)).toMatchObject({ label: 'Plan', example: reshaped.before });
    });
  });

  describe('that is about to expire', () => {
    beforeAll(() => at('2027-04-25T09:00:00Z'));

    it('shows a warning on its webhooks, and changes nothing else', async () => {
      const id = await on(FIRST_VERSION);
      expect((await get(`/${id}`)).data).toMatchObject({ expiring: true, status: 'enabled' });
      await post(`/${id}/disable`);
      expect((await post(`/${id}/enable`)).data).toMatchObject({ expiring: true, status: 'enabled' });
    });
  });

  describe('that has expired', () => {
    let home: string;
    let off: string;
    let still: string;
    beforeAll(async () => {
      home = workspace = await registerWorkspace(api, unique('workspace'));
      off = await on(FIRST_VERSION, { status: 'disabled' });
      still = await on(FIRST_VERSION);
      await put(`${off}/draft`, { version: FIRST_VERSION, name: 'Invoices' });
      await at('2027-05-02T09:00:00Z');
    });
    beforeEach(() => void (workspace = home));

    it('takes no webhooks, and claims no numbers for them', async () => {
      const body = webhookBody(URL, { version: FIRST_VERSION });
      const head = await installation.parts.eventStore.head();
      const { status, data } = await post('', body);
      expect([status, data.detail]).toEqual([409, expect.stringMatching(`${FIRST_VERSION} is not a live version`)]);
      expect(await installation.parts.eventStore.head()).toBe(head);
      expect((await put(await on(NEWEST), body)).status).toBe(409);
    });

    it('and no drafts', async () => {
      expect((await put(`${still}/draft`, { version: FIRST_VERSION })).status).toBe(409);
      for (const action of ['publish', 'test']) expect((await post(`/${off}/draft/${action}`)).status).toBe(409);
    });

    it('leaves its webhooks to be read, sent back and edited', async () => {
      const read = (await get(`/${still}`)).data;
      expect((await put(still, read)).data).toEqual(read);
      expect((await put(still, { ...read, name: 'Invoices' })).data.name).toBe('Invoices');
    });

    it('and has none enabled on it until they have moved', async () => {
      const { status, data } = await post(`/${off}/enable`);
      expect([status, data.detail]).toEqual([409, expect.stringMatching(`${FIRST_VERSION}.*expired.*${NEWEST}`)]);
      expect((await put(off, webhookBody(URL))).status).toBe(409);
      const moved = await put(off, webhookBody(URL, { version: NEWEST }));
      expect(moved.data).toMatchObject({ id: off, status: 'enabled', version: NEWEST, expiresAt: null });
    });
  });
});
