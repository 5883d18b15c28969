import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { clientOf, createWebhook, event, publish, registerWorkspace, unique } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { Receiver, type Alert } from '../support/receiver.ts';

const MINUTE = 60_000;

let installation: Installation;
let receiver: Receiver;
let workspace: string;
let hook: string;
/** What the receiver answers with, by the name in the data of an event; 200 for any other. */
let answers: Record<string, number>;
beforeAll(async () => {
  installation = await Installation.start({ env: { RETRY_SCHEDULE: '0' } });
});
afterAll(() => installation.dispose());

const nameOf = ({ body }: Alert) => String(body.data.companyName);
const inWorkspace = () => ({ headers: { Workspace: workspace } });
const get = async (path: string) => (await installation.api.get(path, inWorkspace())).data;
const post = (path: string, body?: object) => installation.api.post(path, body, inWorkspace());
const job = (id: string) => get(`/redeliveries/${id}`);
const count = async (query: string) => (await get(`/deliveries/count?webhook=${hook}&${query}`)).count as number;
const idsOf = async (query: string): Promise<string[]> =>
  (await get(`/deliveries?webhook=${hook}&${query}`)).items.map(({ id }: { id: string }) => id);
const received = () => receiver.events.map(nameOf).sort();

/** What could not be delivered at first: three to a receiver that was out of order, two to one that knew nothing of them. */
beforeEach(async () => {
  receiver = await Receiver.start();
  workspace = await registerWorkspace(installation.api, unique('workspace'));
  hook = await createWebhook(installation.api, workspace, receiver.url, { delivery: { onExhausted: 'continue' } });
  answers = { a: 503, b: 503, c: 500, d: 404, e: 404 };
  receiver.answer = (alert) => ({ status: answers[nameOf(alert)] ?? 200 });
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
    const type = name === 'c' ? 'subscription-updated' : 'workspace-created';
    const data = { companyName: name, displayName: name, type: 'child', subscriptionType: 'trial' };
    await publish(installation.api, event(workspace, { type, data }));
  }
  // A receiver in trouble is spared between attempts.
  await installation.pass(MINUTE);
  receiver.alerts.length = 0;
  answers = {};
});
afterEach(() => receiver.stop());

describe('a bulk redelivery with a filter', () => {
  it.each<[object, string, string[]]>([
    [{ code: '503' }, 'code=503', ['a', 'b']],
    [{ code: '5xx' }, 'code=5xx', ['a', 'b', 'c']],
    [{ code: '5xx', type: 'subscription-updated' }, 'code=5xx&type=subscription-updated', ['c']],
    [{ status: 'exhausted', errorClass: 'http-status' }, 'errorClass=http-status', ['a', 'b', 'c', 'd', 'e']],
    [{ errorClass: 'timeout' }, 'errorClass=timeout', []],
    [{ eventWorkspace: 'none' }, 'eventWorkspace=none', []],
  ])('%j sends exactly what the list has with the same filter', async (filter, query, expected) => {
    expect(await count(query)).toBe(expected.length);
    const { status, data } = await post('/redeliveries', { webhookId: hook, what: 'not-delivered', filter });
    expect([status, data.filter, data.expected]).toEqual([202, filter, expected.length]);
    await installation.pass(MINUTE);
    expect(received()).toEqual(expected);
    const { requested, delivered } = await job(data.id);
    expect([requested, delivered]).toEqual([expected.length, expected.length]);
  });

  it('tells what was delivered from what was only asked for', async () => {
    answers = { b: 503 };
    const asked = { webhookId: hook, what: 'not-delivered', filter: { code: '5xx' }, ratePerSecond: 1 };
    const { data } = await post('/redeliveries', asked);
    expect(data).toMatchObject({ expected: 3, requested: 0, delivered: 0, failed: 0, waiting: 0 });
    await installation.pass(0);
    expect(await job(data.id)).toMatchObject({ status: 'running', expected: 3, delivered: 1, failed: 0, waiting: 0 });
    await installation.pass(MINUTE);
    const done = { expected: 3, requested: 3, delivered: 2, failed: 1, waiting: 0 };
    expect(await job(data.id)).toMatchObject({ status: 'finished', ...done });
    expect(await idsOf(`redelivery=${data.id}`)).toHaveLength(3);
    expect(await idsOf(`redelivery=${data.id}&status=exhausted`)).toEqual(await idsOf('code=503'));
    // Delivered by itself afterwards, it is delivered for the job, too.
    answers = {};
    const [failed] = await idsOf(`redelivery=${data.id}&status=exhausted`);
    await post(`/deliveries/${failed}/redeliver`);
    await installation.settled();
    expect(await job(data.id)).toMatchObject({ requested: 3, delivered: 3, failed: 0 });
    expect((await get(`/redeliveries?webhook=${hook}`)).items[0]).toMatchObject({ delivered: 3, failed: 0 });
  });

  it('goes on with its filter in a process that has lost all documents', async () => {
    const asked = { webhookId: hook, what: 'not-delivered', filter: { code: '5xx' }, ratePerSecond: 1 };
    const { data } = await post('/redeliveries', asked);
    await installation.pass(0);
    await installation.close();
    await installation.loseReadModels();
    await installation.reopen();
    await installation.work();
    await installation.pass(MINUTE);
    expect(received()).toEqual(['a', 'b', 'c']);
    expect(await job(data.id)).toMatchObject({
      status: 'finished',
      requested: 3,
      delivered: 3,
      filter: { code: '5xx' },
    });
  });

  it('of what was delivered takes nothing else', async () => {
    const filter = { status: 'succeeded' };
    const { data } = await post(`/settings/webhooks/${hook}/redeliver`, { what: 'all', filter });
    await installation.pass(MINUTE);
    expect(received()).toEqual(['f']);
    expect(await job(data.id)).toMatchObject({ expected: 1, requested: 1, delivered: 1 });
  });

  it('goes on beside one with another filter, and not beside the same', async () => {
    const asked = { webhookId: hook, what: 'not-delivered', ratePerSecond: 1 };
    const ofFilter = (filter?: object) => post('/redeliveries', { ...asked, ...(filter ? { filter } : {}) });
    const first = await ofFilter({ code: '5xx' });
    expect(first.status).toBe(202);
    const same = await ofFilter({ code: '5xx' });
    expect([same.status, same.data.detail]).toEqual([409, expect.stringContaining(first.data.id)]);
    expect((await ofFilter({ code: '4xx' })).status).toBe(202);
    expect((await ofFilter()).status).toBe(202);
    expect((await ofFilter({})).status).toBe(409);
    await installation.pass(MINUTE);
    expect(received()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('deliveries that are chosen', () => {
  it('are sent again, as far as they were not delivered', async () => {
    const all = await idsOf('kind=event');
    const [succeeded, ...failed] = all;
    const deliveryIds = [succeeded, failed[0], failed[3], failed[0]];
    const { status, data } = await post('/redeliveries', { webhookId: hook, what: 'not-delivered', deliveryIds });
    expect([status, data.chosen, data.expected, data.filter]).toEqual([202, 3, 2, null]);
    await installation.pass(MINUTE);
    expect(received()).toEqual(['b', 'e']);
    expect(await job(data.id)).toMatchObject({ status: 'finished', chosen: 3, requested: 2, delivered: 2 });
  });

  it('must be those of the webhook', async () => {
    const other = await createWebhook(installation.api, workspace, receiver.url);
    const [mine] = await idsOf('kind=event');
    for (const deliveryIds of [['unknown'], [mine, 'unknown']]) {
      const { status, data } = await post('/redeliveries', { webhookId: hook, what: 'all', deliveryIds });
      const field = `deliveryIds[${deliveryIds.length - 1}]`;
      expect([status, data.errors]).toEqual([400, [{ field, message: 'is not a delivery of the webhook' }]]);
    }
    const ofOther = await post('/redeliveries', { webhookId: other, what: 'all', deliveryIds: [mine] });
    expect(ofOther.status).toBe(400);
  });
});

describe('held deliveries that are released', () => {
  it('are counted as what they have become', async () => {
    await post(`/settings/webhooks/${hook}/enable`);
    receiver.answer = () => ({ status: 410 });
    await publish(installation.api, event(workspace));
    await installation.settled();
    await publish(installation.api, event(workspace), event(workspace));
    await installation.settled();
    expect(await count('status=held')).toBe(3);
    receiver.answer = () => ({ status: 200 });
    await post(`/settings/webhooks/${hook}/enable`);
    await installation.settled();
    expect([await count('status=held'), await count('status=pending')]).toEqual([3, 0]);
    const { data } = await post(`/settings/webhooks/${hook}/release-held`);
    expect(data).toMatchObject({ what: 'held', expected: 3, delivered: 0 });
    await installation.pass(MINUTE);
    expect(await job(data.id)).toMatchObject({ requested: 3, delivered: 3, failed: 0, waiting: 0 });
    expect(await count('status=held')).toBe(0);
  });
});

describe('a bulk redelivery', () => {
  it.each<[string, object]>([
    ['an unknown status', { filter: { status: 'pending' } }],
    ['a status beyond what', { filter: { status: 'succeeded' } }],
    ['an unknown field', { filter: { webhook: 'hook' } }],
    ['a code that is none', { filter: { code: 'ok' } }],
    ['a reason that is none', { filter: { errorClass: 'bad luck' } }],
    ['no delivery', { deliveryIds: [] }],
    ['too many deliveries', { deliveryIds: Array.from({ length: 201 }, (_, n) => `d${n}`) }],
    ['deliveries and a filter', { deliveryIds: ['d'], filter: { code: '5xx' } }],
    ['deliveries and a time', { deliveryIds: ['d'], since: '2026-11-01T00:00:00Z' }],
    ['deliveries of a workspace', { deliveryIds: ['d'], webhookId: undefined, workspaceId: 'root' }],
  ])('is refused for %s', async (_, changes) => {
    const { status } = await post('/redeliveries', { webhookId: hook, what: 'not-delivered', ...changes });
    expect(status).toBe(400);
  });

  it('is there for nobody who does not reach its workspace, and neither are its counts', async () => {
    const { data } = await post('/redeliveries', { webhookId: hook, what: 'not-delivered', filter: { code: '5xx' } });
    await installation.pass(MINUTE);
    const elsewhere = await registerWorkspace(installation.api, unique('elsewhere'));
    const stranger = await clientOf(installation, elsewhere, ['deliveries:read', 'deliveries:write']);
    const statusOf = async (path: string) => (await stranger.get(path)).status;
    expect(await statusOf(`/redeliveries/${data.id}`)).toBe(404);
    expect((await stranger.post(`/redeliveries/${data.id}/cancel`)).status).toBe(404);
    expect((await stranger.get(`/deliveries?redelivery=${data.id}`)).data.items).toEqual([]);
    for (const query of [`redelivery=${data.id}`, `webhook=${hook}`, `webhook=${hook}&status=held`, ''])
      expect((await stranger.get(`/deliveries/count?${query}`)).data).toEqual({ count: 0, atLeast: false });
    const asked = { webhookId: hook, what: 'all', filter: { code: '5xx' } };
    expect((await stranger.post('/redeliveries', asked)).status).toBe(400);
    const header = { headers: { Workspace: workspace } };
    expect((await stranger.get('/deliveries/count', header)).status).toBe(404);
  });
});
