import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { createWebhook, registerWorkspace } from '../../../test/support/api.ts';
import { Installation } from '../../../test/support/installation.ts';
import { CONSOLE_EMBEDDING, type ConsoleEmbedding } from './contract.ts';

let installation: Installation;
beforeAll(async () => {
  installation = await Installation.open({ env: { PUBLIC_URL: 'https://hooks.example' } });
  for (const tenant of ['acme', 'globex']) await registerWorkspace(installation.api, tenant);
  await registerWorkspace(installation.api, 'acme-child', 'acme');
});
afterAll(() => installation.dispose());

type Issued = { id: string; url: string; expiresAt: string };
const issue = async (options: object = {}, workspaceId = 'acme', api = installation.api) => {
  const { status, data } = await api.post<Issued>(`/workspaces/${workspaceId}/console-links`, {
    role: 'viewer',
    ...options,
  });
  return { status, ...data };
};
const tokenOf = ({ url }: Issued) => new URL(url).hash.slice(1);
const open = (link: Issued, headers: Record<string, string> = {}) =>
  installation.anonymous(headers).post('/session/link', { token: tokenOf(link) });
const signedIn = async (options: object = {}, workspaceId?: string): Promise<AxiosInstance> =>
  installation.inSession(await open(await issue(options, workspaceId)), workspaceId ?? 'acme');

describe('a console link', () => {
  it('is a URL of the console, with its secret where no log keeps it', async () => {
    const link = await issue();
    expect(link).toMatchObject({
      status: 201,
      expiresAt: new Date(installation.clock.now() + 300_000).toISOString(),
      url: expect.stringMatching(
        new RegExp(`^https://hooks\\.example/console/link/${link.id}#[\\w-]{22}\\.[\\w-]{43}$`),
      ),
    });
  });

  it('signs in whoever opens it, in its workspace and role, for an hour', async () => {
    const link = await issue({ role: 'webhook-admin', label: 'Acme portal, Ana' });
    const opened = await open(link);
    expect([opened.status, opened.data]).toEqual([
      200,
      {
        user: null,
        link: { id: link.id, label: 'Acme portal, Ana' },
        role: 'webhook-admin',
        workspaceId: 'acme',
        scopes: expect.arrayContaining(['webhooks:write']),
        expiresAt: new Date(installation.clock.now() + 3_600_000).toISOString(),
        dismissals: [],
      },
    ]);
    expect(opened.headers['set-cookie']?.[0]).toMatch(/; Max-Age=3600; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect((await installation.inSession(opened).get('/session')).data).toEqual(opened.data);
  });

  it('opens once, even if it is tried many times at once', async () => {
    const link = await issue();
    const opened = await Promise.all([1, 2, 3, 4].map(() => open(link)));
    expect(opened.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect((await open(link)).data.detail).toContain('used already');
  });

  it('opens until it expires, by the Clock', async () => {
    const [link, another] = [await issue({ expiresInSeconds: 60 }), await issue({ expiresInSeconds: 60 })];
    installation.clock.advance(59_999);
    expect((await open(link)).status).toBe(200);
    installation.clock.advance(1);
    expect((await open(another)).data).toMatchObject({ status: 409, detail: expect.stringContaining('expired') });
  });

  it('is not found by a wrong secret, nor by what is no token', async () => {
    const link = await issue();
    const wrong = { ...link, url: `https://hooks.example/#${link.id}.${'A'.repeat(43)}` };
    for (const each of [wrong, { ...link, url: 'https://hooks.example/#token' }])
      expect((await open(each)).status).toBe(404);
    expect((await open(link)).status).toBe(200);
  });

  it('is not opened by a page of another site', async () => {
    const link = await issue();
    expect((await open(link, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await open(link, { 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200);
  });
});

describe('a console link that is revoked', () => {
  it('opens no more', async () => {
    const link = await issue();
    expect((await installation.api.delete(`/console-links/${link.id}`)).status).toBe(204);
    expect((await open(link)).data).toMatchObject({ status: 409, detail: expect.stringContaining('revoked') });
  });

  it('ends its session at once', async () => {
    const link = await issue();
    const session = installation.inSession(await open(link));
    expect((await session.get('/webhook-versions')).status).not.toBe(401);
    for (let i = 0; i < 2; i++) expect((await installation.api.delete(`/console-links/${link.id}`)).status).toBe(204);
    expect((await session.get('/session')).status).toBe(401);
  });

  it('is one that exists', async () => {
    expect((await installation.api.delete('/console-links/none')).status).toBe(404);
  });
});

describe('the session of a console link', () => {
  it('lasts as long as the link says', async () => {
    const session = await signedIn({ sessionSeconds: 60 });
    installation.clock.advance(59_999);
    expect((await session.get('/session')).status).toBe(200);
    installation.clock.advance(1);
    expect((await session.get('/session')).status).toBe(401);
  });

  it('reaches its workspace and what is below, and nothing else', async () => {
    const session = await signedIn();
    for (const id of ['acme', 'acme-child']) expect((await session.get(`/workspaces/${id}`)).status).toBe(200);
    for (const id of ['globex', 'root']) expect((await session.get(`/workspaces/${id}`)).status).toBe(404);
    const { data } = await session.get('/settings/webhooks', { headers: { Workspace: 'globex' } });
    expect(data.status).toBe(404);
    const { items } = (await session.get('/workspaces')).data;
    expect(items.map((each: { id?: string; workspaceId?: string }) => each.workspaceId ?? each.id).sort()).toEqual([
      ...['acme', 'acme-child'],
    ]);
  });

  it("of a viewer's link reads and changes nothing", async () => {
    const session = await signedIn();
    expect((await session.get('/settings/webhooks')).status).toBe(200);
    expect((await session.post('/settings/webhooks', {})).status).toBe(403);
    expect((await session.get('/users')).status).toBe(403);
    expect((await session.get('/installation')).status).toBe(403);
  });

  it('acts under the name of the link', async () => {
    const link = await issue({ role: 'webhook-admin', label: 'Ana' });
    const session = installation.inSession(await open(link));
    await createWebhook(session, 'acme', 'https://one.example/hook');
    const { data } = await installation.api.get('/activity', { params: { kind: 'webhook-created' } });
    expect(data.items[0]).toMatchObject({ actor: `link:${link.id}`, workspaceId: 'acme' });
  });

  it('ends by signing out, here or everywhere, and the link is used up', async () => {
    for (const signOut of [
      (s: AxiosInstance) => s.delete('/session'),
      (s: AxiosInstance) => s.post('/session/end-all'),
    ]) {
      const link = await issue();
      const session = installation.inSession(await open(link));
      expect((await signOut(session)).status).toBe(204);
      expect((await session.get('/session')).status).toBe(401);
      expect((await open(link)).status).toBe(409);
    }
  });

  it('has no password and no pop-ups of its own', async () => {
    const session = await signedIn();
    const change = { current: 'correct horse battery', password: 'another horse battery' };
    expect((await session.post('/session/change-password', change)).status).toBe(403);
    expect((await session.put('/session/dismissals/version-1')).status).toBe(403);
  });
});

describe('issuing a console link', () => {
  it.each([
    ['role', { role: 'operator' }],
    ['role', { role: 'nobody' }],
    ['expiresInSeconds', { expiresInSeconds: 86_401 }],
    ['expiresInSeconds', { expiresInSeconds: 0 }],
    ['sessionSeconds', { sessionSeconds: 43_201 }],
    ['embedIn', { embedIn: 'http://portal.example' }],
    ['embedIn', { embedIn: 'https://portal.example/path' }],
    ['scopes', { scopes: ['webhooks:read'] }],
  ])('refuses a wrong %s: %p', async (field, options) => {
    const { status, errors } = (await issue(options)) as unknown as { status: number; errors: { field: string }[] };
    expect([status, errors[0]?.field]).toEqual([400, field]);
  });

  it('is for those who hold what they hand out, within their reach', async () => {
    const scopes = ['console-links:write', 'webhooks:read', 'workspaces:read'];
    const { data } = await installation.api.post('/api-clients', { name: 'portal', workspaceId: 'acme', scopes });
    const portal = await installation.as(data.clientId, data.clientSecret);
    const refused = (await issue({}, 'acme', portal)) as unknown as { status: number; detail: string };
    expect([refused.status, refused.detail]).toEqual([400, expect.stringContaining('lacks')]);
    expect(refused.detail).not.toContain('webhooks:read,');
    expect((await issue({}, 'globex', portal)).status).toBe(404);
    const foreign = await issue({}, 'globex');
    expect((await portal.delete(`/console-links/${foreign.id}`)).status).toBe(404);
    expect((await open(foreign)).status).toBe(200);
    expect((await issue({}, 'acme', await signedIn({ role: 'owner' }))).status).toBe(403);
  });

  it('is told in the activity log, without its secret', async () => {
    const link = await issue({ label: 'Told' });
    await open(link);
    await installation.api.delete(`/console-links/${link.id}`);
    const { data } = await installation.api.get('/activity', { params: { limit: 200 } });
    const kinds = data.items
      .filter(({ details }: { details: { linkId?: string } }) => details.linkId === link.id)
      .map(({ kind, summary }: { kind: string; summary: string }) => [kind, summary.includes('Told')]);
    expect(kinds.reverse()).toEqual([
      ['console-link-issued', true],
      ['console-link-opened', true],
      ['console-link-revoked', false],
    ]);
    const secret = tokenOf(link).split('.')[1] ?? '';
    expect(JSON.stringify(data)).not.toContain(secret);
    expect(JSON.stringify(data)).not.toMatch(/hash/i);
  });
});

describe('a console link for a frame', () => {
  const embedIn = 'https://portal.example';
  const embedding = () => installation.server.app.get<ConsoleEmbedding>(CONSOLE_EMBEDDING);

  it('has a cookie that browsers keep within frames of that site alone', async () => {
    const opened = await open(await issue({ embedIn }));
    const [cookie = ''] = opened.headers['set-cookie'] ?? [];
    expect(cookie.split('; ').slice(1).sort()).toEqual([
      ...['HttpOnly', 'Max-Age=3600', 'Partitioned', 'Path=/', 'SameSite=None', 'Secure'],
    ]);
    const left = await installation.inSession(opened).delete('/session');
    expect(left.headers['set-cookie']?.[0]).toMatch(
      /^carillon_session=; Max-Age=0; Path=\/; HttpOnly; Secure; Partitioned; SameSite=None$/,
    );
  });

  it('says which site that is, before it is opened and after', async () => {
    const [framed, plain] = [await issue({ embedIn }), await issue()];
    expect(await embedding().ofLink(framed.id)).toBe(embedIn);
    expect([await embedding().ofLink(plain.id), await embedding().ofLink('none')]).toEqual([null, null]);
    const cookieOf = async (link: Issued) =>
      String(installation.inSession(await open(link)).defaults.headers['Cookie']).replace('carillon_session=', '');
    const cookie = await cookieOf(framed);
    expect(await embedding().ofSession(cookie)).toBe(embedIn);
    for (const other of [await cookieOf(plain), '', `${cookie.slice(0, 23)}${'A'.repeat(43)}`])
      expect(await embedding().ofSession(other)).toBeNull();
    await installation.api.delete(`/console-links/${framed.id}`);
    expect(await embedding().ofSession(cookie)).toBeNull();
  });
});
