import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createWebhook, publish, registerWorkspace, SECRET, unique } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { Receiver, type Alert } from '../support/receiver.ts';

const HOUR = 3_600_000;
const BOOKING_CREATE = 6;

let installation: Installation;
let receiver: Receiver;
let workspace: string;
let businessId: number;
const inside = () => ({ headers: { Workspace: workspace } });
const get = async (path: string) => (await installation.api.get(path, inside())).data;
const record = (id: number) => get(`/api/sys/webhooks/${id}`);
const bodyOf = (changes: object = {}) => ({
  ...{ BusinessId: businessId, Name: 'Bookings', Action: BOOKING_CREATE, URL: `${receiver.url}/bookings` },
  ...changes,
});
async function create(changes: object = {}): Promise<number> {
  const { status, data } = await installation.api.post('/api/sys/webhooks', bodyOf(changes));
  expect([status, data.WasSuccessful]).toEqual([200, true]);
  return data.Value.Id;
}
const update = (id: number, changes: object = {}) =>
  installation.api.put('/api/sys/webhooks', bodyOf({ Id: id, ...changes }));
const booking = () => ({ id: unique('booking'), type: 'booking-create', workspaceId: workspace, data: { Id: 1 } });
async function book(): Promise<void> {
  await publish(installation.api, booking());
  await installation.settled();
}
/** As the workspace API has it. */
async function webhookNumbered(number: number) {
  const { items } = await get('/settings/webhooks');
  return items.find((item: { number: number }) => item.number === number);
}
const signedWith = (secret: string, { raw, headers }: Alert): boolean =>
  createHmac('sha256', secret).update(raw).digest('hex').toUpperCase() === headers['x-nexudus-hook-signature'];

beforeAll(async () => {
  installation = await Installation.start({ env: { RETRY_SCHEDULE: '0,60,300' } });
});
afterAll(() => installation.dispose());
beforeEach(async () => {
  receiver = await Receiver.start();
  workspace = await registerWorkspace(installation.api, unique('location'));
  businessId = (await get(`/workspaces/${workspace}`)).businessId;
});
afterEach(() => receiver.stop());

describe('a webhook of the location dialect', () => {
  it('is sent nothing when it is made, and shows when it last fired', async () => {
    const id = await create();
    await installation.settled();
    expect(receiver.alerts).toEqual([]);
    expect(await record(id)).toMatchObject({ LastTrigger: null, LastError: null, ErrorCount: 0, Active: true });
    await book();
    expect(receiver.alerts.map(({ raw }) => raw)).toEqual(['[{"Id":1}]']);
    const now = new Date(installation.clock.now()).toISOString().replace(/\.\d+Z/, 'Z');
    expect(await record(id)).toMatchObject({ LastTrigger: now, LastError: null, ErrorCount: 0 });
  });

  it('counts failed attempts, and is disabled after the last one; made active again, it begins at none', async () => {
    const id = await create();
    receiver.answer = () => ({ status: 500 });
    await book();
    expect(await record(id)).toMatchObject({ ErrorCount: 1, LastError: 'The receiver answered 500.', Active: true });
    await installation.pass(HOUR);
    expect(await record(id)).toMatchObject({ ErrorCount: 3, LastError: 'The receiver answered 500.', Active: false });
    expect(await webhookNumbered(id)).toMatchObject({ status: 'disabled', disabledBy: 'exhausted' });

    receiver.answer = () => ({ status: 200 });
    expect((await update(id, { Active: true })).status).toBe(200);
    expect(await record(id)).toMatchObject({ ErrorCount: 0, Active: true });
    await book();
    expect(await record(id)).toMatchObject({ ErrorCount: 0, Active: true });
  });

  it('that is not active is sent nothing', async () => {
    const id = await create({ Active: false });
    await book();
    expect((await update(id, { Active: true })).status).toBe(200);
    await book();
    expect((await update(id, { Active: false })).status).toBe(200);
    await book();
    expect(receiver.alerts).toHaveLength(1);
  });

  it('is signed with the secret its location has at the attempt', async () => {
    await create();
    const before = await get(`/workspaces/${workspace}/secret`);
    await book();
    const { data: after } = await installation.api.post(`/workspaces/${workspace}/rotate-secret`);
    expect(after).toEqual({ ...before, secret: expect.stringMatching(/^[\w-]{43}$/) });
    expect(after.secret).not.toBe(before.secret);
    expect(await get(`/workspaces/${workspace}/secret`)).toEqual(after);
    await book();
    const [first, second] = receiver.alerts as [Alert, Alert];
    expect([before.secret, after.secret].map((secret) => signedWith(secret, first))).toEqual([true, false]);
    expect([before.secret, after.secret].map((secret) => signedWith(secret, second))).toEqual([false, true]);
  });

  it('is tested, disabled, enabled and shown by the workspace API, and stays of its dialect when that changes it', async () => {
    const id = await create({ Description: 'For the calendar' });
    const webhook = await webhookNumbered(id);
    const path = `/settings/webhooks/${webhook.id}`;
    const shown = await get(path);
    expect(shown).toMatchObject({ dialect: 'location', secret: null, triggers: ['booking-create'], name: 'Bookings' });
    const changed = { ...shown, name: 'Renamed', triggers: ['booking-update'] };
    const { status, data } = await installation.api.put(path, changed, inside());
    expect([status, data]).toEqual([200, { ...changed, updated: expect.any(Number) }]);
    expect(await record(id)).toMatchObject({ Name: 'Renamed', Action: 7, Description: 'For the calendar' });
    expect((await installation.api.post(`${path}/test`, undefined, inside())).status).toBe(202);
    await installation.settled();
    expect(receiver.alerts.map(({ raw }) => raw)).toEqual(['[{"message":"This is a test alert."}]']);
    expect(await record(id)).toMatchObject({ LastTrigger: null });

    const several = await installation.api.put(
      path,
      { ...changed, triggers: ['booking-update', 'team-created'] },
      inside(),
    );
    expect([several.status, several.data.dialect]).toEqual([200, 'location']);
    const hidden = await installation.api.get(`/api/sys/webhooks/${id}`);
    expect([hidden.status, hidden.data.Message]).toEqual([409, expect.stringMatching(/booking-update.*team-created/)]);
    expect((await update(id)).status).toBe(409);
    const list = await installation.api.get('/api/sys/webhooks', { params: { WebHook_Business: businessId } });
    expect([list.data.TotalItems, list.headers['carillon-left-out']]).toEqual([0, '1']);
  });
});

describe('a webhook of the workspace dialect', () => {
  it('that listens to one action is a record, too, and is delivered as before when that changes it', async () => {
    await createWebhook(installation.api, workspace, `${receiver.url}/own`, { triggers: ['booking-create'] });
    await installation.settled();
    const { Records } = await get(`/api/sys/webhooks?WebHook_Business=${businessId}`);
    const [{ Id: id }] = Records;
    expect(await record(id)).toMatchObject({ BusinessId: businessId, Action: BOOKING_CREATE, Active: true });
    expect((await update(id, { Action: 7, URL: `${receiver.url}/other` })).status).toBe(200);
    expect(await webhookNumbered(id)).toMatchObject({
      ...{ dialect: 'workspace', triggers: ['booking-update'], url: `${receiver.url}/other` },
      ...{ applyToAllDescendants: true, headers: { Authorization: '********' } },
    });
    await publish(installation.api, { ...booking(), type: 'booking-update' });
    await installation.settled();
    const [alert] = receiver.events;
    expect(alert?.body).toMatchObject({ type: 'booking-update', data: { Id: 1 } });
    const { 'x-coro-hook-id': hookId = '', 'x-coro-signature': signature } = alert?.headers ?? {};
    expect(signature).toBe(createHmac('sha256', SECRET).update(String(hookId)).digest('hex'));
    expect(alert?.headers).not.toHaveProperty('x-nexudus-hook-signature');
  });

  it('that listens to what is no action is none', async () => {
    const webhook = await createWebhook(installation.api, workspace, receiver.url);
    const { number } = await get(`/settings/webhooks/${webhook}`);
    const { status, data } = await installation.api.get(`/api/sys/webhooks/${number}`);
    expect([status, data]).toEqual([
      409,
      { Message: expect.stringContaining('subscription-updated'), Value: null, Errors: null, WasSuccessful: false },
    ]);
    expect((await installation.api.delete(`/api/sys/webhooks/${number}`)).status).toBe(200);
    expect((await installation.api.get(`/settings/webhooks/${webhook}`, inside())).status).toBe(404);
  });
});
