import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance, AxiosResponse } from 'axios';
import { clientOf, createWebhook, registerWorkspace } from '../../../../test/support/api.ts';
import { Installation } from '../../../../test/support/installation.ts';
import { ActivityExport } from './activity-export.ts';

const URL = 'https://customer.example/hook';
const FORMULA = '=HYPERLINK("https://evil.example")';
const reader = { reaches: () => true };
const HEAD = 'at,actor,actorName,kind,workspaceId,webhookId,summary,details,traceId,id';

describe('the export of the audit trail', () => {
  let installation: Installation;
  let api: AxiosInstance;
  let ofShop: AxiosInstance;

  beforeAll(async () => {
    installation = await Installation.open();
    api = installation.api;
    await registerWorkspace(api, 'shop');
    await registerWorkspace(api, 'elsewhere');
    for (let i = 0; i < 4; i++) await createWebhook(api, 'shop', URL, { name: `Webhook ${i}` });
    await createWebhook(api, 'elsewhere', URL);
    ofShop = await clientOf(installation, 'shop', ['activity:read']);
    const { data } = await api.post('/api-clients', {
      name: FORMULA,
      workspaceId: 'shop',
      scopes: ['webhooks:write'],
    });
    const named = await installation.as(data.clientId, data.clientSecret);
    await createWebhook(named, 'shop', URL, { name: 'By formula' });
    await installation.server.projections.caughtUp();
  });
  afterAll(() => installation.dispose());

  const save = (query: string, as = api): Promise<AxiosResponse<string>> =>
    as.get(`/activity/export${query}`, { responseType: 'text', transformResponse: (text: string) => text });
  const entriesIn = (text: string): object[] =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);

  it('is a file with the entries of the list, all of them', async () => {
    const { status, headers, data } = await save('');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/x-ndjson',
      'content-disposition': 'attachment; filename="activity-2026-11-02.ndjson"',
      'cache-control': 'no-store',
    });
    expect(entriesIn(data)).toEqual((await api.get('/activity?limit=200')).data.items);
  });

  it('has what the same filters of the list find, within reach', async () => {
    for (const query of [
      '?kind=webhook-created',
      '?search=WEBHOOK%20was%20created',
      '?search=%22webhook%201',
      '?workspace=shop',
    ]) {
      const { data: list } = await ofShop.get(`/activity${query}`);
      const { data } = await save(query, ofShop);
      expect(data === '' ? [] : entriesIn(data)).toEqual(list.items);
      expect(data).not.toContain('elsewhere');
    }
    expect((await save('', installation.anonymous())).status).toBe(401);
    expect((await ofShop.get('/activity/export', { headers: { Workspace: 'elsewhere' } })).status).toBe(404);
  });

  it('is a table for spreadsheets, in which nothing is a formula', async () => {
    const { headers, data } = await save('?format=csv&kind=webhook-created', ofShop);
    expect(headers).toMatchObject({
      'content-type': expect.stringMatching(/^text\/csv; charset=utf-8/),
      'content-disposition': 'attachment; filename="activity-2026-11-02.csv"',
    });
    const [head, newest, ...others] = data.split('\r\n');
    expect(head).toBe(HEAD);
    expect(newest).toContain(`,"'=HYPERLINK(""https://evil.example"")",webhook-created,shop,`);
    expect(newest).toContain(',"Webhook ""By formula"" was created.","{""');
    expect(others).toHaveLength(5);
    expect(others.at(-1)).toBe('');
  });

  it('has a head alone when nothing fits', async () => {
    expect((await save('?format=csv&search=nothing')).data).toBe(`${HEAD}\r\n`);
    expect((await save('?search=nothing')).data).toBe('');
  });

  it.each(['?format=xlsx', '?limit=5', '?from=yesterday'])('refuses %s', async (query) => {
    expect((await save(query)).status).toBe(400);
  });

  it('needs the scope of the list', async () => {
    const other = await clientOf(installation, 'shop', ['webhooks:read']);
    expect((await save('', other)).status).toBe(403);
  });

  describe('of more than it may have', () => {
    const text = async (format: 'ndjson' | 'csv', most: number) => {
      const parts = installation.server.app.get(ActivityExport).text(
        format,
        async () => ({
          where: [
            { field: 'workspaceId', eq: 'shop' },
            { field: 'kind', eq: 'webhook-created' },
          ],
          reader,
        }),
        { most, page: 2 },
      );
      let whole = '';
      for await (const part of parts) whole += part;
      return whole;
    };

    it('has the newest, and says that there are more', async () => {
      const lines = entriesIn(await text('ndjson', 4));
      expect(lines).toHaveLength(5);
      expect(lines.at(-1)).toEqual({ kind: 'export-cut', summary: expect.stringMatching('the newest 4 entries') });
      const rows = (await text('csv', 4)).trimEnd().split('\r\n');
      expect([rows.length, rows.at(-1)]).toEqual([6, expect.stringMatching(/^,,,export-cut,,,Only .*,,,$/)]);
    });

    it('says nothing when it has all', async () => {
      expect(entriesIn(await text('ndjson', 5))).toHaveLength(5);
    });
  });

  it('asks for each page who the caller is, and ends when that is nobody any more', async () => {
    let asked = 0;
    const now = async () => {
      if (asked++ === 2) throw new Error('The client was revoked.');
      return { where: [], reader };
    };
    const parts = installation.server.app.get(ActivityExport).text('ndjson', now, { page: 2 });
    const lines: object[] = [];
    const read = async () => {
      for await (const part of parts) lines.push(...entriesIn(part));
    };
    await expect(read()).rejects.toThrow('revoked');
    expect(lines).toEqual((await api.get('/activity?limit=4')).data.items);
  });
});
