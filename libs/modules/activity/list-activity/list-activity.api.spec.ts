import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { clientOf, createWebhook, registerWorkspace, SECRET } from '../../../../test/support/api.ts';
import { CLIENT, Installation } from '../../../../test/support/installation.ts';

const URL = 'https://customer.example/hook';

type Entry = {
  kind: string;
  actor: string;
  actorName: string | null;
  summary: string;
  workspaceId: string | null;
  webhookId: string | null;
  at: string;
};

describe('the audit trail', () => {
  let installation: Installation;
  let api: AxiosInstance;
  let ofParent: AxiosInstance;
  let [inParent, inChild, inOther] = ['', '', ''];
  let disabledAt = '';

  const ask = (query = '', as = api, workspace?: string) =>
    as.get<{ items: Entry[]; nextCursor: string | null }>(`/activity${query}`, {
      headers: workspace === undefined ? {} : { Workspace: workspace },
    });
  const items = async (...asked: Parameters<typeof ask>): Promise<Entry[]> => (await ask(...asked)).data.items;

  beforeAll(async () => {
    installation = await Installation.open();
    api = installation.api;
    const [parent, child, other] = [
      await registerWorkspace(api, 'parent'),
      await registerWorkspace(api, 'child', 'parent'),
      await registerWorkspace(api, 'other'),
    ];
    inParent = await createWebhook(api, parent, URL);
    inChild = await createWebhook(api, child, URL);
    inOther = await createWebhook(api, other, URL);
    ofParent = await clientOf(installation, parent, ['activity:read']);
    installation.clock.advance(60_000);
    disabledAt = new Date(installation.clock.now()).toISOString();
    await api.post(`/settings/webhooks/${inParent}/disable`, undefined, { headers: { Workspace: parent } });
    await installation.server.projections.caughtUp();
  });
  afterAll(() => installation.dispose());

  it('says who did what, newest first', async () => {
    const { status, data } = await ask('?limit=1');
    expect(status).toBe(200);
    expect(data).toMatchObject({
      items: [
        {
          at: disabledAt,
          actor: `client:${CLIENT.id}`,
          actorName: expect.stringMatching(/./),
          kind: 'webhook-disabled',
          workspaceId: 'parent',
          webhookId: inParent,
          summary: `Webhook ${inParent} was disabled.`,
          details: { by: 'admin' },
          traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
        },
      ],
      nextCursor: expect.any(String),
    });
  });

  it('covers the reach of the token, descendants included, and nothing beyond', async () => {
    const seen = await items('?kind=webhook-created', ofParent);
    expect(seen.map(({ webhookId }) => webhookId)).toEqual([inChild, inParent]);
    const workspaces = new Set((await items('?limit=200', ofParent)).map(({ workspaceId }) => workspaceId));
    expect([...workspaces].sort()).toEqual(['child', 'parent']);
  });

  it('shows what belongs to the installation to the root alone', async () => {
    const trigger = { type: 'invoice-sent', label: 'Sent', description: '', schema: {}, example: {} };
    expect((await api.post('/triggers', trigger)).status).toBe(201);
    const added = await items('?kind=trigger-added');
    expect(added).toEqual([expect.objectContaining({ summary: 'The trigger invoice-sent was added to the catalog.' })]);
    expect(await items('?kind=trigger-added', ofParent)).toEqual([]);
  });

  it('is narrowed by the header to that workspace, without its descendants', async () => {
    const seen = await items('?kind=webhook-created', ofParent, 'parent');
    expect(seen.map(({ webhookId }) => webhookId)).toEqual([inParent]);
    expect((await ask('', ofParent, 'other')).status).toBe(404);
  });

  it('is filtered by workspace, within the reach of the token', async () => {
    const seen = await items('?workspace=child&kind=webhook-created', ofParent);
    expect(seen.map(({ webhookId }) => webhookId)).toEqual([inChild]);
    expect(await items('?workspace=other', ofParent)).toEqual([]);
  });

  it('is filtered by webhook and by time', async () => {
    const kinds = async (query: string) => (await items(query)).map(({ kind }) => kind);
    expect(await kinds(`?webhook=${inOther}`)).toEqual(['webhook-created']);
    expect(await kinds(`?webhook=${inParent}&from=${disabledAt}`)).toEqual(['webhook-disabled']);
    expect(await kinds(`?webhook=${inParent}&to=${disabledAt}`)).toEqual(['webhook-created']);
    expect((await ask('?from=yesterday')).status).toBe(400);
  });

  it('names who did it, and the server where nobody did', async () => {
    const { data: client } = await api.post('/api-clients', { name: 'Änne', scopes: ['triggers:write'] });
    const as = await installation.as(client.clientId, client.clientSecret);
    const trigger = { type: 'invoice-filed', label: 'Filed', description: '', schema: {}, example: {} };
    expect((await as.post('/triggers', trigger)).status).toBe(201);
    const actor = `client:${client.clientId}`;
    const done = await items(`?actor=${actor}`);
    expect(done).toMatchObject([{ kind: 'trigger-added', actor, actorName: 'Änne' }]);
    const registered = await items('?kind=workspace-registered&actor=system');
    expect(new Set(registered.map(({ actorName }) => actorName))).toEqual(new Set(['System']));
    expect(await items('?actor=client:')).toEqual([]);
  });

  it('is filtered by several kinds', async () => {
    const kinds = new Set((await items('?kind=webhook-created,webhook-disabled&limit=200')).map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['webhook-created', 'webhook-disabled']));
    expect(await items('?kind=webhook-disabled,')).toHaveLength(1);
  });

  it('is searched by a part of what it says, in any case', async () => {
    const found = async (search: string, as = api) =>
      (await items(`?kind=webhook-created,webhook-disabled&search=${encodeURIComponent(search)}`, as)).length;
    expect(await found(`WEBHOOK ${inParent} was DISABLED.`)).toBe(1);
    expect(await found('was created', ofParent)).toBe(2);
    expect(await found('w.s')).toBe(0);
    expect((await ask('?search=')).status).toBe(400);
  });

  it('does not tell that a client was used, which is seen at the client', async () => {
    const events = await installation.parts.eventStore.readStream(`apiClient-${CLIENT.id}`);
    expect(events.map(({ type }) => type)).toContain('ApiClientUsed');
    expect(await items('?kind=api-client-used')).toEqual([]);
  });

  it('is read page by page without a gap or a double', async () => {
    const whole = await items('?limit=200');
    const paged: Entry[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { data } = await ask(`?limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`);
      paged.push(...data.items);
      cursor = data.nextCursor;
    }
    expect(paged).toEqual(whole);
  });

  it('holds no secret, no header value and no hash', async () => {
    const text = JSON.stringify(await items('?limit=200'));
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain('YOUR_ACCESS_TOKEN');
    expect(text).not.toMatch(/secretHash|[0-9a-f]{8}\.[\w-]{38}/);
  });
});
