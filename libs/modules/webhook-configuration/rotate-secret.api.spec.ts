import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { clientOf, createWebhook, registerWorkspace, SECRET, unique, webhookBody } from '../../../test/support/api.ts';
import { CLIENT, Installation } from '../../../test/support/installation.ts';
import { MASK } from './webhook/webhook-view.ts';

const URL = 'https://customer.example/hook';
const ROUTE = '/settings/webhooks';
const DAY = 86_400_000;

let installation: Installation;
let api: AxiosInstance;
let workspace: string;
let id: string;
const inside = (headers: Record<string, string> = {}) => ({ headers: { Workspace: workspace, ...headers } });
const get = async (as = api) => (await as.get(`${ROUTE}/${id}`, inside())).data;
const rotate = (body?: object, headers: Record<string, string> = {}, as = api) =>
  as.post(`${ROUTE}/${id}/rotate-secret`, body, inside(headers));
const put = (body: object) => api.put(`${ROUTE}/${id}`, body, inside());
const onDraft = (path: string, body?: object) =>
  api.request({ method: body ? 'PUT' : 'POST', url: `${ROUTE}/${id}/draft${path}`, data: body, ...inside() });
const untilOf = (data: { previousSecretUntil: number | null }) => data.previousSecretUntil;

beforeAll(async () => {
  installation = await Installation.open();
});
afterAll(() => installation.dispose());
beforeEach(async () => {
  api = await installation.as(CLIENT.id, CLIENT.secret); // A token lasts for a day, too.
  workspace = await registerWorkspace(api, unique('workspace'));
  id = await createWebhook(api, workspace, URL);
});

describe('rotating the secret of a webhook', () => {
  it('makes a new one, and keeps the one before for a day', async () => {
    const before = await get();
    installation.clock.advance(1_000);
    const { status, data, headers } = await rotate();
    const now = installation.clock.now();
    expect([status, data]).toEqual([
      200,
      {
        ...before,
        secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
        updated: now,
        previousSecretUntil: now + DAY,
      },
    ]);
    expect(headers).toMatchObject({ etag: '"1"', 'cache-control': 'no-store' });
    expect(await get()).toEqual(data);
  });

  it('is over when its overlap is', async () => {
    const { data } = await rotate({ overlapSeconds: 60 });
    installation.clock.advance(59_999);
    expect(await get()).toEqual(data);
    installation.clock.advance(1);
    expect(await get()).toEqual({ ...data, previousSecretUntil: null });
  });

  it('takes the secret and the overlap that it is given', async () => {
    const { data } = await rotate({ secret: 'mine', overlapSeconds: 604_800 });
    expect(data).toMatchObject({ secret: 'mine', previousSecretUntil: installation.clock.now() + 7 * DAY });
    expect((await rotate({ secret: 'another', overlapSeconds: 0 })).data).toMatchObject({
      secret: 'another',
      previousSecretUntil: null,
    });
  });

  it('to the one it has changes nothing', async () => {
    const { data } = await rotate({ secret: 'mine' });
    installation.clock.advance(1_000);
    const again = await rotate({ secret: 'mine', overlapSeconds: 0 });
    expect([again.status, again.data, again.headers['etag']]).toEqual([200, data, '"1"']);
  });

  it.each([
    ['secret', { secret: '' }],
    ['secret', { secret: 'whsec_short' }],
    ['secret', { secret: MASK }],
    ['secret', { secret: null }],
    ['overlapSeconds', { overlapSeconds: -1 }],
    ['overlapSeconds', { overlapSeconds: 604_801 }],
    ['overlapSeconds', { overlapSeconds: 0.5 }],
    ['overlapSeconds', { overlapSeconds: '60' }],
    ['colour', { colour: 'red' }],
  ])('is refused naming %s: %j', async (field, body) => {
    const { status, data } = await rotate(body);
    expect([status, data.errors]).toEqual([400, [expect.objectContaining({ field })]]);
    expect(await get()).toMatchObject({ secret: SECRET, previousSecretUntil: null });
  });

  it('is refused once it has changed for those who say what they saw', async () => {
    expect((await rotate({ secret: 'mine' }, { 'If-Match': '"0"' })).status).toBe(200);
    expect((await rotate({ secret: 'another' }, { 'If-Match': '"0"' })).status).toBe(412);
    expect(await get()).toMatchObject({ secret: 'mine' });
  });

  it('is for those who may write it, in its own workspace', async () => {
    const reader = await clientOf(installation, workspace, ['webhooks:read']);
    expect((await rotate(undefined, {}, reader)).status).toBe(403);
    const other = await registerWorkspace(api, unique('other'));
    expect((await rotate(undefined, { Workspace: other })).status).toBe(404);
    expect((await api.post(`${ROUTE}/66b204f0c992d50b8b2f984c/rotate-secret`, undefined, inside())).status).toBe(404);
    expect((await api.post(`${ROUTE}/${id}/rotate-secret`)).status).toBe(400);
  });

  it('is refused in the location dialect, where the secret of the location signs', async () => {
    const { businessId } = (await api.get(`/workspaces/${workspace}`)).data;
    const body = { BusinessId: businessId, Name: 'Bookings', Action: 6, URL };
    expect((await api.post('/api/sys/webhooks', body)).data.WasSuccessful).toBe(true);
    const { items } = (await api.get(ROUTE, inside())).data;
    id = items.find((item: { dialect: string }) => item.dialect === 'location').id;
    const { status, data } = await rotate();
    expect([status, data.detail]).toEqual([409, expect.stringContaining('location')]);
  });
});

describe('a secret that was rotated out', () => {
  it('is shown to nobody, and in clear nowhere', async () => {
    await rotate({ secret: 'the second one' });
    const reader = await clientOf(installation, workspace, ['webhooks:read']);
    expect(await get(reader)).toMatchObject({ secret: MASK, previousSecretUntil: installation.clock.now() + DAY });
    const shown = [
      await get(),
      await get(reader),
      (await api.get(ROUTE, inside())).data,
      (await onDraft('', { name: 'Invoices' })).data,
      (await onDraft('/test')).data,
    ];
    await installation.server.projections.caughtUp();
    const activity = (await api.get('/activity?limit=200', inside())).data;
    expect(activity.items).toContainEqual(
      expect.objectContaining({
        kind: 'webhook-secret-rotated',
        details: { webhookId: id, workspaceId: workspace, previousUntil: installation.clock.now() + DAY },
      }),
    );
    const stored = await installation.parts.eventStore.readStream(`webhook-${id}`);
    expect(JSON.stringify([shown, activity, stored])).not.toContain(SECRET);
    expect(JSON.stringify(activity)).not.toMatch(/the second one|[0-9a-f]{8}\.[\w-]{38}/);
  });

  it('stays when what was read is sent back, and when something else changes', async () => {
    const { data } = await rotate();
    expect((await put(data)).data).toEqual(data);
    expect(untilOf((await put({ ...data, name: 'Invoices' })).data)).toBe(data.previousSecretUntil);
  });

  it('ends when a replacement, or a draft that is published, brings another', async () => {
    await rotate();
    expect(untilOf((await put(webhookBody(URL, { secret: 'put' }))).data)).toBeNull();
    const { data } = await rotate();
    const draft = await onDraft('', { secret: 'drafted' });
    expect(draft.data.webhook).toMatchObject({ secret: 'drafted', previousSecretUntil: null });
    expect(untilOf(await get())).toBe(data.previousSecretUntil);
    expect((await onDraft('/publish')).data).toMatchObject({ secret: 'drafted', previousSecretUntil: null });
  });
});
