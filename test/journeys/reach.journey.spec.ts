import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { FIRST_VERSION } from '../../libs/modules/webhook-configuration/contract.ts';
import { event, publish, unique } from '../support/api.ts';
import { everyItem, seenOf, type Place } from './marked-place.ts';
import { ask, isForTheRoot, requestsFor } from './requests-for.ts';
import { guarded, narrowed, plantTwoTrees, type TwoTrees } from './two-trees.ts';

let trees: TwoTrees;
beforeAll(async () => {
  trees = await plantTwoTrees();
});
afterAll(() => trees.dispose());

/** What of a place a token can look at by its id. */
const views = ({ workspaceId, webhookId, webhookNumber, eventId, ...place }: Place) => [
  `/workspaces/${workspaceId}`,
  `/settings/webhooks/${webhookId}`,
  `/settings/webhooks/${webhookId}/draft`,
  '/settings/webhooks',
  `/workspaces/${workspaceId}/secret`,
  `/api/sys/webhooks/${webhookNumber}`,
  `/events/${eventId}`,
  `/deliveries/${place.succeededId}`,
  `/deliveries/${place.heldId}`,
  `/deliveries/${place.heldId}/alert`,
  `/redeliveries/${place.redeliveryId}`,
  `/api-clients/${place.clientId}`,
  `/users/${place.userId}`,
  `/webhook-statistics?webhook=${webhookId}`,
];
const statuses = async (api: AxiosInstance, place: Place): Promise<number[]> => {
  const headers = { Workspace: place.workspaceId };
  const answers = views(place).map(async (url) => (await api.get(url, { headers })).status);
  return Promise.all(answers);
};
const all = (status: number): number[] => views(trees.alder).map(() => status);

/** Lists in which nothing has a text of a workspace, with what they have instead. */
const WITHOUT_TEXTS: Record<string, (place: Place) => string> = {
  '/redeliveries': ({ redeliveryId }) => redeliveryId,
  '/versions': () => FIRST_VERSION,
};

describe('a list', () => {
  it('holds only what the token reaches, on all its pages', async () => {
    const { alder, alderChild, birch, birchChild, openApi } = trees;
    const lists = guarded(openApi)
      .filter((operation) => !isForTheRoot(operation))
      .filter(({ parameters = [] }) => parameters.some(({ name }) => name === 'cursor'));
    const paths = lists.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        '/activity',
        '/api-clients',
        '/deliveries',
        '/ingestion/parked',
        '/notices',
        '/notifications',
        '/redeliveries',
        '/users',
        '/workspaces',
      ]),
    );
    for (const { path, parameters = [] } of lists) {
      const needsWorkspace = parameters.some(({ name, required }) => name === 'Workspace' && required);
      for (const [home, hidden] of [
        [birch, [alder, alderChild]],
        [alderChild, [alder, birch, birchChild]],
      ] as const) {
        const items = await everyItem(home.api, path, needsWorkspace ? home.workspaceId : undefined);
        const own = WITHOUT_TEXTS[path]?.(home) ?? home.marker;
        expect([path, JSON.stringify(items)]).toEqual([path, expect.stringContaining(own)]);
        for (const place of hidden) expect([path, ...seenOf(place, { data: items, headers: {} })]).toEqual([path]);
      }
    }
  });

  it('covers the descendants, or the one workspace that the header names', async () => {
    const { api } = trees.alder;
    for (const path of ['/deliveries', '/activity', '/users']) {
      const workspaces = async (workspaceId?: string) => {
        const items = (await everyItem(api, path, workspaceId)) as { workspaceId: string }[];
        return new Set(items.map((item) => item.workspaceId));
      };
      expect(await workspaces()).toEqual(new Set(['alder', 'alderChild']));
      expect(await workspaces('alder')).toEqual(new Set(['alder']));
      expect(await workspaces('alderChild')).toEqual(new Set(['alderChild']));
    }
  });

  it('of versions counts only the webhooks that the token reaches, as does the view of one', async () => {
    const { alder, alderChild, installation } = trees;
    const on = async (api: AxiosInstance) => {
      const listed = (await everyItem(api, '/versions')) as { name: string; webhooks: number }[];
      const { data } = await api.get(`/versions/${FIRST_VERSION}`);
      const counts = data.workspaces.map((each: { workspaceId: string; webhooks: number }) => [
        each.workspaceId,
        each.webhooks,
      ]);
      return [listed.find(({ name }) => name === FIRST_VERSION)?.webhooks, data.webhooks, Object.fromEntries(counts)];
    };
    const all = { alder: 2, alderChild: 2, birch: 2, birchChild: 2 };
    expect(await on(installation.api)).toEqual([8, 8, all]);
    expect(await on(alder.api)).toEqual([4, 4, { alder: 2, alderChild: 2 }]);
    expect(await on(alderChild.api)).toEqual([2, 2, { alderChild: 2 }]);
  });

  it('of webhooks is that of the very workspace', async () => {
    const { alder, alderChild } = trees;
    const idsIn = async (workspaceId: string) =>
      ((await everyItem(alder.api, '/settings/webhooks', workspaceId)) as { id: string }[]).map(({ id }) => id).sort();
    const idsOf = (place: Place) => [place.webhookId, place.goneWebhookId, place.locationWebhookId].sort();
    expect(await idsIn('alder')).toEqual(idsOf(alder));
    expect(await idsIn('alderChild')).toEqual(idsOf(alderChild));
    const elsewhere = { headers: { Workspace: 'alder' } };
    expect((await alder.api.get(`/settings/webhooks/${alderChild.webhookId}`, elsewhere)).status).toBe(404);
  });
});

describe('the list of the location dialect', () => {
  it('holds the webhooks of every location that is reached', async () => {
    const { alder, alderChild, birch, birchChild, installation } = trees;
    const numbersFor = async (api: AxiosInstance) => {
      const { data } = await api.get('/api/sys/webhooks');
      return data.Records.map(({ Id }: { Id: number }) => String(Id)).sort();
    };
    const numbersOf = (...places: Place[]) => places.map(({ webhookNumber }) => webhookNumber).sort();
    expect(await numbersFor(installation.api)).toEqual(numbersOf(alder, alderChild, birch, birchChild));
    expect(await numbersFor(alder.api)).toEqual(numbersOf(alder, alderChild));
    expect(await numbersFor(birchChild.api)).toEqual(numbersOf(birchChild));
  });
});

describe('secrets and header values of a webhook', () => {
  it('are shown by its own view and that of its draft alone, to those who may write it', async () => {
    const { alder, installation } = trees;
    const headers = { Workspace: 'alder' };
    const view = `/settings/webhooks/${alder.webhookId}`;
    const settings = (kind: string) => ({
      secret: `${alder.marker} ${kind} secret`,
      headers: { 'X-Note': `${alder.marker} ${kind} header` },
    });
    expect((await alder.api.get(view, { headers })).data).toMatchObject(settings('webhook'));
    expect((await alder.api.get(`${view}/draft`, { headers })).data).toMatchObject({
      changes: settings('draft'),
      webhook: settings('draft'),
      differences: expect.arrayContaining([
        { field: 'secret', live: settings('webhook').secret, draft: settings('draft').secret },
      ]),
    });
    const reader = await narrowed(installation, ['webhooks:read', 'activity:read', 'deliveries:read', 'events:read']);
    const shown = [
      (await reader.get(view, { headers })).data as object,
      (await reader.get(`${view}/draft`, { headers })).data as object,
      ...(await everyItem(alder.api, '/settings/webhooks', 'alder')),
      ...(await everyItem(alder.api, '/activity')),
      ...(await everyItem(alder.api, '/deliveries')),
      ...(await everyItem(alder.api, '/notices')),
      ...(await everyItem(alder.api, '/notifications')),
    ];
    expect(shown.length).toBeGreaterThan(10);
    expect(JSON.stringify(shown)).toContain(`${alder.marker} webhook`);
    expect(JSON.stringify(shown)).toContain(`${alder.marker} draft`);
    expect(JSON.stringify(shown)).not.toMatch(/MARKER \w+ (secret|header)/);
  });
});

describe('a parent', () => {
  it('sees what is in its child, which sees nothing of the parent', async () => {
    const { alder, alderChild } = trees;
    expect(await statuses(alder.api, alderChild)).toEqual(all(200));
    expect(await statuses(alderChild.api, alder)).toEqual(all(404));
  });

  it("sees to whom its child's event is owed; the child sees its own webhooks only", async () => {
    const { alder, alderChild } = trees;
    const owedTo = async ({ api }: Place) => {
      const { data } = await api.get(`/events/${alderChild.eventId}`);
      const listed = await api.get('/deliveries', { params: { event: alderChild.eventId } });
      const [owed, found] = [data.deliveries, listed.data.items] as { id: string; webhookId: string }[][];
      expect(owed?.map(({ id }) => id).sort()).toEqual(found?.map(({ id }) => id).sort());
      return owed?.map(({ webhookId }) => webhookId).sort();
    };
    const ofTheChild = [alderChild.webhookId, alderChild.goneWebhookId];
    expect(await owedTo(alderChild)).toEqual(ofTheChild.sort());
    expect(await owedTo(alder)).toEqual([alder.webhookId, ...ofTheChild].sort());
    const { data } = await alder.api.get(`/deliveries?event=${alderChild.eventId}&webhook=${alder.webhookId}`);
    const hidden = await alderChild.api.get(`/deliveries/${data.items[0].id}`);
    expect(hidden.status).toBe(404);
    const redelivered = await alderChild.api.post(`/deliveries/${data.items[0].id}/redeliver`);
    expect(redelivered.status).toBe(404);
  });
});

describe('a workspace that moves to another parent', () => {
  it('is out of reach of the old one at once, and in reach of the new', async () => {
    const { installation, alder, alderChild, birch } = trees;
    expect(await statuses(alder.api, alderChild)).toEqual(all(200));
    const refused = await birch.api.post('/workspaces/alderChild/move', { parentWorkspaceId: 'birch' });
    expect(refused.status).toBe(404);
    const moved = await installation.api.post('/workspaces/alderChild/move', { parentWorkspaceId: 'birch' });
    expect([moved.status, moved.data.parentWorkspaceId]).toEqual([200, 'birch']);
    expect(await statuses(alder.api, alderChild)).toEqual(all(404));
    expect(await statuses(birch.api, alderChild)).toEqual(all(200));
    for (const path of [
      '/workspaces',
      '/api-clients',
      '/deliveries',
      '/activity',
      '/notices',
      '/notifications',
      '/users',
    ]) {
      const seen = seenOf(alderChild, { data: await everyItem(alder.api, path), headers: {} }, alderChild.eventId);
      expect([path, ...seen]).toEqual([path]);
      expect(JSON.stringify(await everyItem(birch.api, path))).toContain(alderChild.marker);
    }
    const item = event('alderChild', { id: unique('moved') });
    expect((await alder.api.post('/events', item)).status).toBe(400);
    expect(await publish(birch.api, item)).toEqual([{ id: item.id, status: 'accepted' }]);
    await installation.settled();
    const { data } = await installation.api.get('/deliveries', { params: { event: item.id } });
    const owed = data.items.map(({ webhookId }: { webhookId: string }) => webhookId);
    const its = [alderChild.webhookId, alderChild.goneWebhookId];
    expect(owed.sort()).toEqual([...its, birch.webhookId].sort());
  });
});

describe('a token', () => {
  it('is refused everywhere from the moment its client is revoked', async () => {
    const { installation, birchChild, openApi } = trees;
    expect((await birchChild.api.get('/workspaces')).status).toBe(200);
    expect((await installation.api.delete(`/api-clients/${birchChild.clientId}`)).status).toBe(204);
    for (const operation of guarded(openApi)) {
      const [request] = requestsFor(operation, birchChild, birchChild);
      const answer = request && (await ask(birchChild.api, request));
      expect([operation.name, answer?.status]).toEqual([operation.name, 401]);
    }
  });
});
