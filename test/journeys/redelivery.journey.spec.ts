import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createWebhook, event, publish, registerWorkspace, unique } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { Receiver, type Answer } from '../support/receiver.ts';

const HOUR = 3_600_000;
const OK: Answer = { status: 200 };

let installation: Installation;
let receiver: Receiver;
let workspace: string;
let hook: string;
beforeAll(async () => {
  installation = await Installation.start({ env: { RETRY_SCHEDULE: '0' } });
});
afterAll(() => installation.dispose());
beforeEach(async () => {
  receiver = await Receiver.start();
  workspace = await registerWorkspace(installation.api, unique('workspace'));
});
afterEach(() => receiver.stop());

const inWorkspace = () => ({ headers: { Workspace: workspace } });
const get = async (path: string) => (await installation.api.get(path, inWorkspace())).data;
const post = (path: string, body?: object) => installation.api.post(path, body, inWorkspace());
const webhookPath = (action: string) => `/settings/webhooks/${hook}/${action}`;
const job = (id: string) => get(`/redeliveries/${id}`);
async function statuses(): Promise<Record<string, number>> {
  const { items } = await get(`/deliveries?webhook=${hook}&kind=event&limit=200`);
  const counts: Record<string, number> = {};
  for (const { status } of items as { status: string }[]) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** A webhook that is on again, and holds this many deliveries. None of them has been received. */
async function holding(count: number, delivery: object = {}): Promise<void> {
  receiver.answer = () => ({ status: 410 });
  hook = await createWebhook(installation.api, workspace, receiver.url, { delivery });
  await publish(installation.api, event(workspace));
  await installation.settled();
  await publish(installation.api, ...Array.from({ length: count - 1 }, () => event(workspace)));
  await installation.settled();
  receiver.alerts.length = 0;
  receiver.counts.clear();
  receiver.answer = () => OK;
  await post(webhookPath('enable'));
  await installation.settled();
  expect(await statuses()).toEqual({ held: count });
}
const receivedOnce = () => [...receiver.counts.values()].every((count) => count === 1);

describe('held deliveries that are released', () => {
  it('go out at the rate asked for, each once, and the job says how far it has got', async () => {
    await holding(30);
    const { status, data } = await post(webhookPath('release-held'), { ratePerSecond: 10 });
    expect([status, data]).toEqual([
      202,
      expect.objectContaining({
        workspaceId: workspace,
        webhookId: hook,
        what: 'held',
        status: 'running',
        requested: 0,
      }),
    ]);
    await installation.pass(1_000);
    expect(receiver.counts.size).toBe(11);
    expect(await statuses()).toEqual({ succeeded: 11, held: 19 });
    expect(await job(data.id)).toMatchObject({ status: 'running', requested: 11, ratePerSecond: 10 });
    const again = await post(webhookPath('release-held'));
    expect([again.status, again.data.detail]).toEqual([409, expect.stringContaining(data.id)]);

    await installation.pass(2_000);
    expect(await job(data.id)).toMatchObject({ status: 'finished', reason: 'done', requested: 30, passed: 0 });
    expect(await statuses()).toEqual({ succeeded: 30 });
    expect([receiver.counts.size, receivedOnce()]).toEqual([30, true]);
    expect((await post(`/redeliveries/${data.id}/cancel`)).status).toBe(409);
  });

  it('stay held from the moment that is cancelled', async () => {
    await holding(30);
    const { data } = await post(webhookPath('release-held'), { ratePerSecond: 10 });
    await installation.pass(1_000);
    const cancelled = await post(`/redeliveries/${data.id}/cancel`);
    expect([cancelled.status, cancelled.data]).toEqual([
      200,
      expect.objectContaining({ status: 'cancelled', requested: 11 }),
    ]);
    await installation.pass(HOUR);
    expect(await statuses()).toEqual({ succeeded: 11, held: 19 });
    expect(await job(data.id)).toMatchObject({ status: 'cancelled', requested: 11, endedAt: expect.any(String) });
    // Released again, the rest goes out.
    expect((await post(webhookPath('release-held'), { ratePerSecond: 1_000 })).status).toBe(202);
    await installation.pass(1_000);
    expect([receiver.counts.size, receivedOnce()]).toEqual([30, true]);
  });

  it('go on from where they were when the process has ended in the middle', async () => {
    await holding(30);
    const { data } = await post(webhookPath('release-held'), { ratePerSecond: 10 });
    await installation.pass(1_000);
    for (const between of [async () => undefined, () => installation.loseReadModels()]) {
      await installation.close();
      await between();
      await installation.reopen();
      await installation.work();
      await installation.pass(300);
    }
    expect(receiver.counts.size).toBeGreaterThan(11);
    expect(receiver.counts.size).toBeLessThan(30);
    await installation.pass(3_000);
    expect(await job(data.id)).toMatchObject({ status: 'finished', reason: 'done', requested: 30 });
    expect([receiver.counts.size, receivedOnce()]).toEqual([30, true]);
  });

  it('stay held when the webhook is disabled meanwhile, which ends the job', async () => {
    await holding(30);
    const { data } = await post(webhookPath('release-held'), { ratePerSecond: 10 });
    await installation.pass(1_000);
    await post(webhookPath('disable'));
    await installation.settled();
    expect(await job(data.id)).toMatchObject({ status: 'finished', reason: 'webhook-disabled' });
    expect((await post(webhookPath('release-held'))).status).toBe(409);
    await installation.pass(HOUR);
    expect(await statuses()).toEqual({ succeeded: 11, held: 19 });
  });

  it('let what is published meanwhile go first', async () => {
    await holding(30, { concurrency: 4 });
    let answer: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => (answer = resolve));
    receiver.answer = () => hanging.then(() => OK);
    await post(webhookPath('release-held'), { ratePerSecond: 1_000 });
    await receiver.until(() => receiver.events.length > 0);
    const live = (await publish(installation.api, ...Array.from({ length: 3 }, () => event(workspace)))).map(
      ({ id }) => id,
    );
    await receiver.until(() => receiver.events.length > 3);
    const first = receiver.events.slice(0, 4).map(({ body }) => body.id);
    expect(first.slice(1).sort()).toEqual(live.sort());
    answer();
    await installation.settled();
    expect(await statuses()).toEqual({ succeeded: 33 });
    expect(receivedOnce()).toBe(true);
  });
});

describe('a single delivery that is held', () => {
  it('is released by asking for it, and disables its webhook if it fails for good', async () => {
    await holding(2);
    receiver.answer = () => ({ status: 500 });
    const { items } = await get(`/deliveries?webhook=${hook}&status=held`);
    expect((await post(`/deliveries/${items[0].id}/redeliver`)).status).toBe(202);
    await installation.settled();
    expect(await statuses()).toEqual({ exhausted: 1, held: 1 });
    expect((await get(`/settings/webhooks/${hook}`)).status).toBe('disabled');
  });
});

describe('what was not delivered', () => {
  const publishOne = async () => {
    const [item] = await publish(installation.api, event(workspace));
    await installation.pass(HOUR);
    return item?.id ?? '';
  };
  let ids: string[];
  beforeEach(async () => {
    hook = await createWebhook(installation.api, workspace, receiver.url, { delivery: { onExhausted: 'continue' } });
    receiver.answer = () => ({ status: 500 });
    ids = [await publishOne(), await publishOne()];
    receiver.answer = () => OK;
    ids.push(await publishOne());
    expect(await statuses()).toEqual({ exhausted: 2, succeeded: 1 });
    receiver.counts.clear();
  });
  const since = (hoursAgo: number) => new Date(installation.clock.now() - hoursAgo * HOUR).toISOString();
  const delivered = async () => {
    await installation.pass(10_000);
    return [...receiver.counts].sort();
  };
  const once = (...which: number[]) => which.map((n) => [ids[n], 1]).sort();

  it('is delivered again for all webhooks of the workspace', async () => {
    const { status, data } = await post('/redeliveries', { workspaceId: workspace, what: 'not-delivered' });
    expect([status, data.webhookId, data.ratePerSecond]).toEqual([202, null, 50]);
    expect(await delivered()).toEqual(once(0, 1));
    expect(await job(data.id)).toMatchObject({ status: 'finished', reason: 'done', requested: 2 });
  });

  it('is delivered again since a time, or up to one', async () => {
    await post('/redeliveries', { webhookId: hook, what: 'not-delivered', since: since(2.5) });
    expect(await delivered()).toEqual(once(1));
    receiver.counts.clear();
    await post('/redeliveries', { webhookId: hook, what: 'not-delivered', until: since(2.5) });
    expect(await delivered()).toEqual(once(0));
  });

  it('and what was, are delivered again when all is asked for', async () => {
    await post(webhookPath('redeliver'), { what: 'all', since: since(2.5) });
    expect(await delivered()).toEqual(once(1, 2));
  });

  it('does not disable the webhook when it fails again', async () => {
    receiver.answer = () => ({ status: 500 });
    await post(webhookPath('redeliver'), { what: 'not-delivered' });
    await delivered();
    expect(await statuses()).toEqual({ exhausted: 2, succeeded: 1 });
    expect((await get(`/settings/webhooks/${hook}`)).status).toBe('enabled');
  });

  it('is listed with the newest job first, for who asks for its webhook or status', async () => {
    const first = (await post('/redeliveries', { webhookId: hook, what: 'not-delivered' })).data.id;
    await delivered();
    const second = (await post('/redeliveries', { workspaceId: workspace, what: 'all' })).data.id;
    await delivered();
    const listed = async (query = '') => (await get(`/redeliveries${query}`)).items.map(({ id }: { id: string }) => id);
    expect(await listed(`?workspace=${workspace}`)).toEqual([second, first]);
    expect(await listed()).toEqual([second, first]);
    expect(await listed(`?webhook=${hook}`)).toEqual([first]);
    expect(await listed('?status=finished&limit=1')).toEqual([second]);
    expect(await listed('?status=running')).toEqual([]);
  });
});

describe('a bulk redelivery', () => {
  const at = (hour: number) => new Date(hour * HOUR).toISOString();

  it.each<[string, () => object]>([
    ['neither a webhook nor a workspace', () => ({ what: 'all' })],
    ['both', () => ({ what: 'all', webhookId: hook, workspaceId: workspace })],
    ['a webhook that is none', () => ({ what: 'all', webhookId: 'unknown' })],
    ['a workspace that is none', () => ({ what: 'all', workspaceId: 'unknown' })],
    ['held deliveries, which are released', () => ({ what: 'held', webhookId: hook })],
    ['an end before its beginning', () => ({ what: 'all', webhookId: hook, since: at(2), until: at(1) })],
    ['too fast a rate', () => ({ what: 'all', webhookId: hook, ratePerSecond: 1_001 })],
  ])('is refused for %s', async (_, body) => {
    hook = await createWebhook(installation.api, workspace, receiver.url);
    expect((await post('/redeliveries', body())).status).toBe(400);
  });
});
