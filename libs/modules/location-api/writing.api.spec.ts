import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { CLIENT, Installation } from '../../../test/support/installation.ts';
import { actions, FIRST_VERSION, NEVER_FIRES } from '../webhook-configuration/contract.ts';
import {
  AS_TEXT,
  bodyOf,
  createIn,
  expectFailure,
  openLocation,
  ROUTE,
  TARGET,
} from './envelope/testing/location-requests.ts';

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
  installation.clock.advance(61_500);
  ({ businessId, workspaceId } = await openLocation(api));
});

const now = () => new Date(installation.clock.now()).toISOString().replace(/\.\d+/, '');
const success = (done: string, id: number) =>
  `{"Status":200,"Message":"WebHook was successfully ${done}.","Value":{"Id":${id}},"OpenInDialog":false,` +
  `"OpenInWindow":false,"RedirectURL":null,"JavaScript":null,"UpdatedOn":"${now()}","UpdatedBy":"${CLIENT.id}",` +
  '"Errors":null,"WasSuccessful":true}';
const create = (changes: object = {}) => createIn(api, businessId, changes);
const update = (Id: number, changes: object = {}) => api.put(ROUTE, { Id, ...bodyOf(businessId, changes) }, AS_TEXT);
const remove = (id: number) => api.delete(`${ROUTE}/${id}`, AS_TEXT);
const record = async (id: number) => (await api.get(`${ROUTE}/${id}`)).data as Record<string, unknown>;
const inside = () => ({ headers: { Workspace: workspaceId } });
const webhooks = async () =>
  (await api.get('/settings/webhooks', inside())).data.items as { id: string; number: number; version: string }[];
const eventsOf = async (number: number) => {
  const webhookId = (await webhooks()).find((each) => each.number === number)?.id;
  return installation.parts.eventStore.readStream(`webhook-${webhookId}`);
};

describe('creating a webhook', () => {
  it('answers with the published envelope, and the Id it is known by from then on', async () => {
    const { status, headers, data } = await api.post(ROUTE, bodyOf(businessId), AS_TEXT);
    const id = Number(/"Id":(\d+)/.exec(data as string)?.[1]);
    expect([status, headers['content-type'], data]).toEqual([
      200,
      'application/json; charset=utf-8',
      success('created', id),
    ]);
    expect(id).toBeGreaterThan(0);
    expect(id).toBeLessThan(2 ** 31);
    expect((await record(id))['Id']).toBe(id);
  });

  it('needs four fields; without the others it is active, and not described', async () => {
    const id = await create();
    expect(await record(id)).toMatchObject({
      BusinessId: businessId,
      Name: 'Door access',
      Action: 6,
      URL: TARGET,
      Description: null,
      Active: true,
      ErrorCount: 0,
      CreatedOn: now(),
      UpdatedOn: now(),
      UpdatedBy: CLIENT.id,
    });
  });

  it('takes the others', async () => {
    const id = await create({ Description: 'For guests', Active: false });
    expect(await record(id)).toMatchObject({ Description: 'For guests', Active: false });
    const cleared = await create({ Description: null, Active: null });
    expect(await record(cleared)).toMatchObject({ Description: null, Active: true });
  });

  it('makes one webhook of the current version, which no test is owed', async () => {
    const [created, ...others] = await eventsOf(await create());
    expect(others).toEqual([]);
    expect(created).toMatchObject({
      type: 'WebhookCreated',
      data: {
        dialect: 'location',
        workspaceId,
        businessId,
        secret: null,
        headers: {},
        triggers: ['booking-create'],
        applyToAllDescendants: false,
        version: FIRST_VERSION,
      },
    });
    expect(created?.data).not.toHaveProperty('testId');
  });

  it('takes a record of another one, and all that it only tells is ignored', async () => {
    const first = await create({ Description: 'As it was' });
    const { data } = await api.post(ROUTE, await record(first));
    expect(data.Value.Id).not.toBe(first);
    expect(await record(data.Value.Id)).toMatchObject({ Description: 'As it was', Action: 6 });
  });

  it('makes two of the same request', async () => {
    const ids = [await create(), await create()];
    expect(new Set(ids).size).toBe(2);
    expect(new Set((await webhooks()).map(({ number }) => number))).toEqual(new Set(ids));
  });

  it('takes the action that never fires', async () => {
    const none = actions.find(({ trigger }) => trigger === NEVER_FIRES);
    expect(await record(await create({ Action: none?.number }))).toMatchObject({ Action: 1, Active: true });
  });
});

describe('creating a webhook after a release', () => {
  it('makes it on the version that was released', async () => {
    const properties = {
      subscription: { type: 'object', required: ['type'], properties: { type: { type: 'string' } } },
    };
    const reshaped = {
      schema: { type: 'object', required: ['subscription'], properties },
      example: { subscription: { type: 'paid' } },
      downgrade: '{ "subscriptionType": subscription.type }',
    };
    const release = { name: '2026-11-01', triggers: { 'subscription-updated': reshaped } };
    expect((await api.post('/versions', release)).status).toBe(201);
    const [created] = await eventsOf(await create());
    expect(created?.data).toMatchObject({ version: '2026-11-01' });
  });
});

describe('updating a webhook', () => {
  let id: number;
  beforeEach(async () => {
    id = await create({ Description: 'For guests', Active: false });
    installation.clock.advance(61_500);
  });

  it('answers with the published envelope, and shows at once', async () => {
    const { status, data } = await update(id, { Name: 'Lights', Action: 7, URL: `${TARGET}/changed` });
    expect([status, data]).toEqual([200, success('updated', id)]);
    expect(await record(id)).toMatchObject({
      Id: id,
      Name: 'Lights',
      Action: 7,
      URL: `${TARGET}/changed`,
      UpdatedOn: now(),
    });
  });

  it('keeps what is left out', async () => {
    await update(id);
    expect(await record(id)).toMatchObject({ Description: 'For guests', Active: false });
    await update(id, { Active: null });
    expect(await record(id)).toMatchObject({ Description: 'For guests', Active: false });
  });

  it('clears a description with null, and switches', async () => {
    await update(id, { Description: null, Active: true });
    expect(await record(id)).toMatchObject({ Description: null, Active: true });
    await update(id, { Description: '', Active: false });
    expect(await record(id)).toMatchObject({ Description: null, Active: false });
  });

  it('with the record as it was read changes nothing, and is told as of when it came to be so', async () => {
    const read = await record(id);
    const { data } = await api.put(ROUTE, read);
    expect(data).toMatchObject({ UpdatedOn: read['UpdatedOn'], UpdatedBy: CLIENT.id, WasSuccessful: true });
    expect(data.UpdatedOn).not.toBe(now());
    expect(await record(id)).toEqual(read);
    expect((await eventsOf(id)).map(({ type }) => type)).toEqual(['WebhookCreated']);
  });

  it('finds no webhook of an Id that is unknown, removed or no webhook', async () => {
    await remove(id);
    for (const unknown of [id, 2_147_483_647, 0, -1]) expectFailure(await update(unknown), 404);
  });
});

describe('deleting a webhook', () => {
  it('answers with the published envelope, and is the end of it', async () => {
    const id = await create();
    const { status, data } = await remove(id);
    expect([status, data]).toEqual([200, success('deleted', id)]);
    expect((await api.get(`${ROUTE}/${id}`)).status).toBe(404);
    expect(await webhooks()).toEqual([]);
    expectFailure(await remove(id), 404);
  });
});
