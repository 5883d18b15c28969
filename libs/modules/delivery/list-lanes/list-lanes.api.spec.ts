import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf, createWebhook, event, publish, registerWorkspace } from '../../../../test/support/api.ts';
import { Installation } from '../../../../test/support/installation.ts';
import { Receiver } from '../../../../test/support/receiver.ts';

let installation: Installation;
let receiver: Receiver;
let busy: string;
let held: string;
let idle: string;

const HEADERS = { headers: { Workspace: 'shop' } };

beforeAll(async () => {
  receiver = await Receiver.start();
  receiver.answer = ({ path }) =>
    path === '/busy' ? { status: 503, headers: { 'Retry-After': '120' } } : { status: path === '/held' ? 410 : 200 };
  installation = await Installation.start();
  await registerWorkspace(installation.api, 'shop');
  const webhook = (name: string) => createWebhook(installation.api, 'shop', `${receiver.url}/${name}`);
  [busy, held, idle] = [await webhook('busy'), await webhook('held'), await webhook('idle')];
  await installation.settled();
  await publish(installation.api, event('shop'));
  await installation.settled();
  await publish(installation.api, event('shop'), event('shop'));
  await installation.settled();
});
afterAll(async () => {
  await installation.dispose();
  await receiver.stop();
});

const lanes = async (query = '') => {
  const { status, data } = await installation.api.get(`/lanes${query}`);
  expect(status).toBe(200);
  return data;
};

describe('the list of lanes', () => {
  it('has every webhook with what is owed to it, the most first', async () => {
    const { items, nextCursor, total } = await lanes();
    expect([nextCursor, total]).toEqual([null, 3]);
    const byId = new Map(items.map((item: { webhookId: string }) => [item.webhookId, item]));
    const now = installation.clock.now();
    expect(byId.get(busy)).toEqual({
      ...{ webhookId: busy, workspaceId: 'shop', url: `${receiver.url}/busy`, enabled: true, owed: 3 },
      ...{ oldestDueAt: new Date(now).toISOString(), inTrouble: true },
      pausedUntil: new Date(now + 120_000).toISOString(),
    });
    expect(byId.get(held)).toMatchObject({ enabled: false, owed: 3, oldestDueAt: null });
    expect(byId.get(idle)).toMatchObject({ owed: 0, oldestDueAt: null, inTrouble: false, pausedUntil: null });
    expect(items.at(-1).webhookId).toBe(idle);
  });

  it('goes on page by page', async () => {
    const seen: string[] = [];
    for (let query = '?limit=1'; query !== '';) {
      const { items, nextCursor } = await lanes(query);
      seen.push(...items.map(({ webhookId }: { webhookId: string }) => webhookId));
      query = nextCursor === null ? '' : `?limit=1&cursor=${nextCursor}`;
    }
    expect(seen).toEqual([...[busy, held].sort(), idle]);
    expect((await installation.api.get('/lanes?cursor=nothing')).status).toBe(400);
  });

  it('leaves out what was cancelled, and webhooks that are removed', async () => {
    await installation.api.post(`/settings/webhooks/${held}/cancel-held`, {}, HEADERS);
    await installation.api.delete(`/settings/webhooks/${idle}`, HEADERS);
    await installation.settled();
    const { items } = await lanes();
    expect(items.map(({ webhookId, owed }: { webhookId: string; owed: number }) => [webhookId, owed])).toEqual([
      [busy, 3],
      [held, 0],
    ]);
  });

  it('is for the root workspace, with the scope', async () => {
    const below = await clientOf(installation, 'shop', ['installation:read']);
    expect((await below.get('/lanes')).status).toBe(403);
    const without = await clientOf(installation, 'root', ['webhooks:read']);
    expect((await without.get('/lanes')).status).toBe(403);
  });
});

it('a process that sends nothing does not know how receivers fare', async () => {
  const silent = await Installation.open();
  try {
    await registerWorkspace(silent.api, 'shop');
    await createWebhook(silent.api, 'shop', receiver.url);
    const { data } = await silent.api.get('/lanes');
    expect(data.items).toMatchObject([{ inTrouble: null, pausedUntil: null }]);
  } finally {
    await silent.dispose();
  }
});
