import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createWebhook, event, publish, registerWorkspace, unique } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { Receiver } from '../support/receiver.ts';

const HOUR = 3_600_000;

describe('a webhook whose receiver fails', () => {
  let installation: Installation;
  let receiver: Receiver;
  let workspace: string;
  let hook: string;
  const settings = (path = '') => `/settings/webhooks/${hook}${path}`;
  const get = (path: string) => installation.api.get(path, { headers: { Workspace: workspace } });
  const post = (path: string) => installation.api.post(path, undefined, { headers: { Workspace: workspace } });
  const deliveries = async () => (await get(`/deliveries?webhook=${hook}&kind=event`)).data.items;
  const statuses = async () => (await deliveries()).map((delivery: { status: string }) => delivery.status);
  const publishOne = async () => {
    const [item] = await publish(installation.api, event(workspace));
    await installation.settled();
    return item?.id ?? '';
  };

  beforeAll(async () => {
    installation = await Installation.start({ env: { RETRY_SCHEDULE: '0,60,300,1800' } });
  });
  afterAll(() => installation.dispose());
  beforeEach(async () => {
    receiver = await Receiver.start();
    workspace = await registerWorkspace(installation.api, unique('workspace'));
    hook = await createWebhook(installation.api, workspace, receiver.url);
    await installation.settled();
  });
  afterEach(async () => {
    await installation.api.delete(settings(), { headers: { Workspace: workspace } });
    await receiver.stop();
  });

  it('gets three more attempts, each after a longer wait and under the same hook id, and is then disabled', async () => {
    receiver.answer = () => ({ status: 500, body: 'sorry' });
    const id = await publishOne();
    expect(receiver.events).toHaveLength(1);
    await installation.pass(59_000);
    expect(receiver.events).toHaveLength(1);
    await installation.pass(HOUR);
    expect(receiver.events).toHaveLength(4);
    expect(new Set(receiver.events.map(({ headers, raw }) => `${String(headers['webhook-id'])} ${raw}`)).size).toBe(1);

    const [delivery] = await deliveries();
    expect(delivery).toMatchObject({ status: 'exhausted', eventId: id, nextAttemptAt: null });
    const attempts = delivery.attempts as {
      attempt: number;
      startedAt: string;
      endedAt: string;
      statusCode: number;
      answer: string;
    }[];
    expect(attempts.map(({ attempt, statusCode, answer }) => [attempt, statusCode, answer])).toEqual(
      [1, 2, 3, 4].map((n) => [n, 500, 'sorry']),
    );
    const waits = attempts
      .slice(1)
      .map(({ startedAt }, i) => Date.parse(startedAt) - Date.parse(attempts[i]?.endedAt ?? ''));
    [60_000, 300_000, 1_800_000].forEach((wait, i) => {
      expect(waits[i]).toBeGreaterThanOrEqual(wait);
      expect(waits[i]).toBeLessThanOrEqual(wait * 1.1);
    });

    expect((await get(settings())).data).toMatchObject({ status: 'disabled' });
    const activity = await get(`/activity?webhook=${hook}&kind=webhook-disabled`);
    expect(activity.data.items).toEqual([
      expect.objectContaining({
        actor: 'saga:disable-failing-webhook',
        workspaceId: workspace,
        details: expect.objectContaining({
          by: 'exhausted',
          deliveryId: delivery.id,
          lastError: 'The receiver answered 500.',
        }),
      }),
    ]);
  });

  it('recovers in time if an attempt succeeds', async () => {
    receiver.answer = () => ({ status: receiver.events.length < 3 ? 503 : 204 });
    await publishOne();
    await installation.pass(HOUR);
    expect(await statuses()).toEqual(['succeeded']);
    expect((await get(settings())).data.status).toBe('enabled');
  });

  it('that says it is gone is disabled at once, and the delivery is held', async () => {
    receiver.answer = () => ({ status: 410 });
    await publishOne();
    await installation.pass(HOUR);
    expect(receiver.events).toHaveLength(1);
    expect(await statuses()).toEqual(['held']);
    expect((await get(settings())).data.status).toBe('disabled');
  });

  it('of redirects is not followed', async () => {
    receiver.answer = () => ({ status: 302, headers: { Location: `${receiver.url}/elsewhere` } });
    await publishOne();
    expect(receiver.events.map(({ path }) => path)).toEqual(['/']);
    expect((await deliveries())[0]).toMatchObject({ status: 'pending', attempts: [{ statusCode: 302 }] });
  });

  it('holds what is published while it is off, and sends it when it is on again and told to', async () => {
    receiver.answer = () => ({ status: 410 });
    await publishOne();
    const second = await publishOne();
    expect(await statuses()).toEqual(['held', 'held']);
    expect((await post(settings('/release-held'))).status).toBe(409);

    receiver.answer = () => ({ status: 200 });
    await post(settings('/enable'));
    await installation.settled();
    expect(await statuses()).toEqual(['held', 'held']);
    const third = await publishOne();
    expect(await statuses()).toEqual(['succeeded', 'held', 'held']);

    const released = await post(settings('/release-held'));
    expect([released.status, released.data]).toEqual([202, expect.objectContaining({ what: 'held', webhookId: hook })]);
    await installation.settled();
    expect(await statuses()).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect((await get(`/redeliveries/${released.data.id}`)).data).toMatchObject({ status: 'finished', requested: 2 });
    expect(
      receiver.events
        .map(({ body }) => body.id)
        .filter((id) => id === second || id === third)
        .sort(),
    ).toEqual([second, third].sort());
    const rounds = (await deliveries()).map((delivery: { attempts: { attempt: number; round: number }[] }) =>
      delivery.attempts.map(({ attempt, round }) => [attempt, round]),
    );
    expect(rounds).toEqual([
      [[1, 1]],
      [[1, 2]],
      [
        [1, 1],
        [2, 2],
      ],
    ]);
  });

  it('drops what it holds when that is cancelled, and its removal cancels the rest', async () => {
    receiver.answer = () => ({ status: 410 });
    await publishOne();
    expect((await post(settings('/cancel-held'))).status).toBe(202);
    expect(await statuses()).toEqual(['cancelled']);
    await publishOne();
    expect(await statuses()).toEqual(['held', 'cancelled']);
    await installation.api.delete(settings(), { headers: { Workspace: workspace } });
    expect(await statuses()).toEqual(['cancelled', 'cancelled']);
  });

  it('is not matched while an admin has disabled it', async () => {
    await post(settings('/disable'));
    await publishOne();
    expect(await deliveries()).toEqual([]);
  });

  it('can be tested while it is off, without consequence', async () => {
    await post(settings('/disable'));
    receiver.answer = () => ({ status: 500 });
    const { status, data } = await post(settings('/test'));
    await installation.pass(HOUR);
    expect(status).toBe(202);
    const test = await get(`/deliveries/${data.deliveryId}`);
    expect(test.data).toMatchObject({
      kind: 'test',
      type: 'test',
      status: 'exhausted',
      attempts: [{ attempt: 1, statusCode: 500 }],
    });
    expect(receiver.alerts.filter(({ body }) => body.type === 'test')).toHaveLength(2);
    expect((await get(`/activity?webhook=${hook}&kind=webhook-disabled`)).data.items).toHaveLength(1);
  });

  it('is not disabled by a redelivery that fails', async () => {
    await publishOne();
    const [delivery] = await deliveries();
    expect(delivery.status).toBe('succeeded');
    receiver.answer = () => ({ status: 500 });
    expect((await post(`/deliveries/${delivery.id}/redeliver`)).status).toBe(202);
    expect((await post(`/deliveries/${delivery.id}/redeliver`)).status).toBe(409);
    await installation.pass(HOUR);
    expect((await deliveries())[0]).toMatchObject({ status: 'exhausted', attempts: { length: 5 } });
    expect((await get(settings())).data.status).toBe('enabled');
  });

  it('costs others nothing: their alerts go out while it is waited for', async () => {
    const other = await Receiver.start();
    await createWebhook(installation.api, workspace, other.url);
    let answer: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => (answer = resolve));
    receiver.answer = () => hanging.then(() => ({ status: 200 }));
    await publish(installation.api, ...Array.from({ length: 100 }, () => event(workspace)));
    expect(await other.received(100)).toHaveLength(100);
    expect(receiver.events.length).toBeLessThan(100);
    answer();
    expect(await receiver.received(100)).toHaveLength(100);
    await installation.settled();
    await other.stop();
  });
});
