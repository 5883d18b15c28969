import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { clientOf, createWebhook } from '../../../../test/support/api.ts';
import { CLIENT, Installation } from '../../../../test/support/installation.ts';
import {
  AS_TEXT,
  createIn,
  expectFailure,
  expectFaults,
  openLocation,
  ROUTE,
  TARGET,
} from '../envelope/testing/location-requests.ts';

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
const get = (id: number | string, as = api) => as.get(`${ROUTE}/${id}`);
const remove = (id: string) => api.delete(`/settings/webhooks/${id}`, { headers: { Workspace: workspaceId } });
const numberOf = async (webhookId: string) => {
  const headers = { Workspace: workspaceId };
  return (await api.get<{ number: number }>(`/settings/webhooks/${webhookId}`, { headers })).data.number;
};

describe('the record of a webhook', () => {
  it('is answered with the published fields, in their order', async () => {
    const id = await createIn(api, businessId, { Description: 'For the doors', Active: false });
    const made = now();
    installation.clock.advance(5_000);
    const { status, headers, data } = await api.get<string>(`${ROUTE}/${id}`, AS_TEXT);
    expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    const uniqueId = /"UniqueId":"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"/.exec(data)?.[1];
    expect(data).toBe(
      `{"BusinessId":${businessId},"Name":"Door access","Action":6,"Description":"For the doors","URL":"${TARGET}",` +
        `"Active":false,"LastError":null,"ErrorCount":0,"LastTrigger":null,"Id":${id},"UpdatedOn":"${made}",` +
        `"CreatedOn":"${made}","UniqueId":"${uniqueId}","UpdatedBy":"${CLIENT.id}","IsNew":false,"SystemId":null,` +
        '"ToStringText":"Door access","LocalizationDetails":null,"CustomFields":null}',
    );
  });

  it('is there for one of the workspace API that listens to one action', async () => {
    const changes = { name: 'Ours', triggers: ['booking-update'], description: '' };
    const id = await numberOf(await createWebhook(api, workspaceId, TARGET, changes));
    expect((await get(id)).data).toMatchObject({
      ...{ Id: id, BusinessId: businessId, Name: 'Ours', Action: 7, Description: null, Active: true },
    });
  });

  it('tells of the last change', async () => {
    const id = await createIn(api, businessId);
    const { data: before } = await get(id);
    installation.clock.advance(60_000);
    const other = await clientOf(installation, workspaceId, ['webhooks:read', 'webhooks:write']);
    await other.put(ROUTE, { ...before, Name: 'Lights' });
    const { data: after } = await get(id, other);
    expect(after).toEqual({
      ...before,
      Name: 'Lights',
      ToStringText: 'Lights',
      UpdatedOn: now(),
      UpdatedBy: after.UpdatedBy,
    });
    expect(after.UpdatedBy).not.toBe(before.UpdatedBy);
  });
});

describe('a webhook that no record can express', () => {
  it.each([
    [
      ['booking-create', 'booking-delete'],
      'It listens to several triggers, and a record has one action: booking-create, booking-delete',
    ],
    [['workspace-created'], 'It listens to workspace-created, which is no action'],
  ])('is refused with its triggers %j, and with where it is', async (triggers, reason) => {
    const webhookId = await createWebhook(api, workspaceId, TARGET, { triggers });
    const id = await numberOf(webhookId);
    expectFailure(
      await get(id),
      409,
      `No record can express the webhook. ${reason}. It is at /settings/webhooks/${webhookId}.`,
    );
    await remove(webhookId);
    expectFailure(await get(id), 404, 'The webhook does not exist.');
  });
});

describe('a webhook that is not there', () => {
  it.each([0, -1, 2_147_483_647, '99999999999999999999', '9'.repeat(400)])('is not found: %s', async (id) =>
    expectFailure(await get(id), 404, 'The webhook does not exist.'),
  );

  it('is one out of reach, and one that was deleted', async () => {
    const id = await createIn(api, businessId);
    const { workspaceId: elsewhere } = await openLocation(api);
    expectFailure(await get(id, await clientOf(installation, elsewhere, ['webhooks:read'])), 404);
    const { workspaceId: below } = await openLocation(api, workspaceId);
    expectFailure(await get(id, await clientOf(installation, below, ['webhooks:read'])), 404);
    expect((await get(id, await clientOf(installation, workspaceId, ['webhooks:read']))).status).toBe(200);
    await api.delete(`${ROUTE}/${id}`);
    expectFailure(await get(id), 404);
  });

  it.each(['abc', '1.5', '1e3', '0x1f', '66b204f0c992d50b8b2f984c', ' 1', '--1'])(
    'cannot be asked for by what is no integer: %j',
    async (id) => expectFaults(await get(encodeURIComponent(id)), ['Id', 'must be an integer', id]),
  );
});
