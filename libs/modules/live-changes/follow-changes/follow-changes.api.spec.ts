import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { clientOf, createWebhook, event, publish, registerWorkspace } from '../../../../test/support/api.ts';
import { Installation } from '../../../../test/support/installation.ts';
import { Receiver } from '../../../../test/support/receiver.ts';
import type { ChangeMessage } from './change-message.ts';
import { hear, type Hearing } from './testing/heard.ts';

let installation: Installation;
let receiver: Receiver;
let hearings: Hearing[];
beforeEach(async () => {
  hearings = [];
  receiver = await Receiver.start();
  installation = await Installation.start();
  await registerWorkspace(installation.api, 'shop');
  await registerWorkspace(installation.api, 'branch', 'shop');
  await registerWorkspace(installation.api, 'other');
  await installation.settled();
});
afterEach(async () => {
  for (const hearing of hearings) hearing.leave();
  await installation.dispose();
  await receiver.stop();
});

const tokenOf = (api: AxiosInstance): Record<string, string> => ({
  Authorization: String(api.defaults.headers['Authorization']),
});
const listen = async (api: AxiosInstance, { query = '', headers = {} } = {}) => {
  const { answer, hearing } = await hear(`${installation.url}/changes${query}`, { ...tokenOf(api), ...headers });
  hearings.push(hearing);
  return { answer, hearing };
};
const opened = async (api: AxiosInstance, options = {}): Promise<Hearing> => {
  const { hearing } = await listen(api, options);
  await hearing.data('open');
  return hearing;
};
const reader = (workspaceId: string) =>
  clientOf(installation, workspaceId, ['webhooks:read', 'deliveries:read', 'activity:read']);
const has = (webhookId: string) => (message: ChangeMessage) => message.webhooks.includes(webhookId);
const hasDeliveryOf = (webhookId: string) => (message: ChangeMessage) =>
  message.deliveries.some((each) => each.webhookId === webhookId && each.ids.length > 0);

describe('who listens', () => {
  it('gets a stream of events that nobody keeps', async () => {
    const { answer, hearing } = await listen(installation.api);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-coro-trace-id': expect.any(String),
    });
    expect(await hearing.data('open')).toEqual({ position: await installation.parts.eventStore.head() });
  });

  it('hears of a webhook and of its deliveries, and finds what it hears of', async () => {
    const hearing = await opened(installation.api);
    const webhookId = await createWebhook(installation.api, 'shop', receiver.url);
    await hearing.until(has(webhookId));
    await publish(installation.api, event('shop'));
    const delivered = async () => {
      const { data } = await installation.api.get(`/deliveries?webhook=${webhookId}&status=succeeded`);
      return data.items.filter(({ type }: { type: string }) => type !== 'test').length > 0;
    };
    let found = false;
    while (!found) {
      await hearing.until(hasDeliveryOf(webhookId));
      found = await delivered();
    }
    expect(found).toBe(true);
  });

  it('hears the same as everybody else who listens', async () => {
    const [one, other] = [await opened(installation.api), await opened(installation.api)];
    const webhookId = await createWebhook(installation.api, 'shop', receiver.url, { status: 'disabled' });
    const [heard, alike] = await Promise.all([one.until(has(webhookId)), other.until(has(webhookId))]);
    expect(heard).toEqual(alike);
    expect(Number(heard.id)).toBeGreaterThan(0);
  });

  it('is told to read everything again when it comes back late, and nothing when it has missed nothing', async () => {
    const hearing = await opened(installation.api);
    const webhookId = await createWebhook(installation.api, 'shop', receiver.url, { status: 'disabled' });
    const { id } = await hearing.until(has(webhookId));
    await installation.settled();
    const late = await opened(installation.api, { query: '?lastEventId=0' });
    await late.data('resync');
    const early = await opened(installation.api, { query: '?lastEventId=0', headers: { 'Last-Event-ID': String(id) } });
    await installation.api.post(`/settings/webhooks/${webhookId}/enable`, {}, { headers: { Workspace: 'shop' } });
    expect((await early.next())?.event).toBe('changes');
  });
});

describe('the reach of who listens', () => {
  it('is what it hears of', async () => {
    const api = await reader('shop');
    const [all, one] = [
      await opened(api),
      await opened(api, { query: '?workspace=shop', headers: { Workspace: 'branch' } }),
    ];
    const elsewhere = await createWebhook(installation.api, 'other', receiver.url, { status: 'disabled' });
    const below = await createWebhook(installation.api, 'branch', receiver.url, { status: 'disabled' });
    const here = await createWebhook(installation.api, 'shop', receiver.url, { status: 'disabled' });
    const heard: string[] = [];
    await all.until((message: ChangeMessage) => heard.push(...message.webhooks) > 0 && heard.includes(here));
    expect(heard).toContain(below);
    expect(heard).not.toContain(elsewhere);
    const ofOne: string[] = [];
    await one.until((message: ChangeMessage) => ofOne.push(...message.webhooks) > 0 && ofOne.includes(here));
    expect(ofOne).toEqual([here]);
  });

  it.each([
    ['query', { query: '?workspace=other' }],
    ['header', { headers: { Workspace: 'other' } }],
  ])('has no workspace beyond it, asked for in the %s', async (_, options) => {
    expect((await listen(await reader('shop'), options)).answer.statusCode).toBe(404);
  });

  it('needs the scope, and a token', async () => {
    const api = await clientOf(installation, 'shop', ['deliveries:read']);
    expect((await listen(api)).answer.statusCode).toBe(403);
    expect((await listen(installation.anonymous({ Authorization: 'Bearer nothing' }))).answer.statusCode).toBe(401);
    expect((await listen(installation.api, { query: '?since=0' })).answer.statusCode).toBe(400);
  });
});

it('a client that is revoked hears the end of it', async () => {
  const { data } = await installation.api.post('/api-clients', {
    ...{ name: 'watcher', workspaceId: 'shop', scopes: ['webhooks:read'] },
  });
  const hearing = await opened(await installation.as(data.clientId, data.clientSecret));
  await installation.api.delete(`/api-clients/${data.clientId}`);
  expect(await hearing.data('end')).toEqual({ reason: 'revoked' });
  expect(await hearing.next()).toBeUndefined();
});

it('the server stops while somebody listens', async () => {
  const hearing = await opened(installation.api);
  const ended = hearing.next();
  const began = performance.now();
  await installation.close();
  expect(await ended).toBeUndefined();
  expect(performance.now() - began).toBeLessThan(5_000);
});

it('HEAD answers without listening, however often', async () => {
  await Promise.all(Array.from({ length: 60 }, () => installation.api.head('/changes')));
  const { status, headers, data } = await installation.api.head('/changes');
  expect([status, headers['content-type'], data]).toEqual([200, 'text/event-stream', '']);
  await opened(installation.api);
});
