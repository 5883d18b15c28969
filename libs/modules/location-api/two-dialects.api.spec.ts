import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { createWebhook, SECRET } from '../../../test/support/api.ts';
import { Installation } from '../../../test/support/installation.ts';
import { bodyOf, createIn, expectFailure, openLocation, ROUTE, TARGET } from './envelope/testing/location-requests.ts';

type View = { readonly id: string; readonly number: number } & Readonly<Record<string, unknown>>;

let installation: Installation;
let api: AxiosInstance;
let businessId: number;
let workspaceId: string;

beforeAll(async () => {
  installation = await Installation.open();
  api = installation.api;
});
afterAll(() => installation.dispose());
beforeEach(async () => {
  ({ businessId, workspaceId } = await openLocation(api));
});

const inside = () => ({ headers: { Workspace: workspaceId } });
const view = async (id: string) => (await api.get<View>(`/settings/webhooks/${id}`, inside())).data;
const viewOf = async (number: number) => {
  const { items } = (await api.get<{ items: View[] }>('/settings/webhooks', inside())).data;
  return view(items.find((item) => item.number === number)?.id ?? 'none');
};
const update = (Id: number, changes: object = {}) => api.put(ROUTE, { Id, ...bodyOf(businessId, changes) });

describe('a webhook of the workspace dialect', () => {
  const delivery = { concurrency: 3, strictOrder: false, onExhausted: 'continue' };
  const make = async (triggers: string[]) =>
    view(await createWebhook(api, workspaceId, TARGET, { triggers, delivery, description: 'Ours' }));

  it('is updated in the other one, and keeps all that is not shown there', async () => {
    const before = await make(['booking-create']);
    installation.clock.advance(60_000);
    expect((await update(before.number, { Name: 'Renamed', Action: 7, URL: `${TARGET}/2` })).status).toBe(200);
    expect(await view(before.id)).toEqual({
      ...before,
      name: 'Renamed',
      triggers: ['booking-update'],
      url: `${TARGET}/2`,
      updated: installation.clock.now(),
    });
    expect(before).toMatchObject({ secret: SECRET, dialect: 'workspace', delivery, applyToAllDescendants: true });
    expect(before['headers']).toEqual({ Authorization: 'Bearer YOUR_ACCESS_TOKEN' });
  });

  it('that listens to several triggers is refused with both, and deleted all the same', async () => {
    const { id, number } = await make(['booking-create', 'booking-update']);
    expectFailure(await update(number), 409, expect.stringMatching(/several triggers.*booking-create, booking-update/));
    expect(await view(id)).toMatchObject({ triggers: ['booking-create', 'booking-update'] });
    expect((await api.delete(`${ROUTE}/${number}`)).data).toMatchObject({ Value: { Id: number }, WasSuccessful: true });
    expect((await api.get(`/settings/webhooks/${id}`, inside())).status).toBe(404);
  });

  it('that listens to what is no action is refused with that, and deleted all the same', async () => {
    const { id, number } = await make(['workspace-created']);
    expectFailure(await update(number), 409, expect.stringContaining('workspace-created, which is no action'));
    expect(await view(id)).toMatchObject({ triggers: ['workspace-created'] });
    expect((await api.delete(`${ROUTE}/${number}`)).status).toBe(200);
  });

  it('that is strictly ordered is not made active while it may hold deliveries', async () => {
    const made = await createWebhook(api, workspaceId, TARGET, {
      triggers: ['booking-create'],
      delivery: { strictOrder: true },
    });
    const { number } = await view(made);
    expect((await update(number, { Active: false })).status).toBe(200);
    expectFailure(await update(number, { Active: true }), 409, expect.stringContaining('strictly ordered'));
    expect(await view(made)).toMatchObject({ status: 'disabled' });
  });
});

describe('a webhook of the location dialect', () => {
  it('is replaced in the other one, and stays what it is', async () => {
    const number = await createIn(api, businessId, { Description: 'Theirs' });
    const before = await viewOf(number);
    expect(before).toMatchObject({ dialect: 'location', secret: null, headers: {}, description: 'Theirs' });
    const changes = {
      name: 'Renamed',
      status: 'disabled',
      headers: { 'X-Tenant': 'one' },
      delivery: { concurrency: 2 },
    };
    expect((await api.put(`/settings/webhooks/${before.id}`, { ...before, ...changes }, inside())).status).toBe(200);
    expect(await view(before.id)).toMatchObject({ ...changes, dialect: 'location', secret: null, number });
    expect((await api.get(`${ROUTE}/${number}`)).data).toMatchObject({
      ...{ Id: number, BusinessId: businessId, Name: 'Renamed', Description: 'Theirs', Action: 6, Active: false },
    });
    await update(number, { Active: true });
    expect(await view(before.id)).toMatchObject({ ...changes, name: 'Door access', status: 'enabled' });
  });

  it('that was made to listen to more is refused with it', async () => {
    const number = await createIn(api, businessId);
    const { id, ...before } = await viewOf(number);
    const triggers = ['booking-create', 'booking-delete'];
    await api.put(`/settings/webhooks/${id}`, { ...before, triggers }, inside());
    expectFailure(await update(number), 409, expect.stringContaining('several triggers'));
    expect(await view(id)).toMatchObject({ dialect: 'location', triggers });
  });
});
