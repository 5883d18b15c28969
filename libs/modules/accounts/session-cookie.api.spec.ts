import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import type { Mail, Mailer } from '../../platform/mail/index.ts';
import { registerWorkspace } from '../../../test/support/api.ts';
import { ADMIN, Installation } from '../../../test/support/installation.ts';

const DAY = 86_400_000;

const mails: Mail[] = [];
const mailer: Mailer = {
  send: async (mail) => {
    mails.push(mail);
    return { place: 'here' };
  },
  close: async () => undefined,
};

let installation: Installation;
beforeAll(async () => {
  installation = await Installation.open({ mailer });
});
afterAll(() => installation.dispose());

const admin = (workspaceId?: string) => installation.signIn(ADMIN.email, ADMIN.password, workspaceId);
const cookieOf = (session: AxiosInstance) => String(session.defaults.headers['Cookie']);
const ask = (cookie: string, path = '/session') => installation.anonymous({ Cookie: cookie }).get(path);

describe('the cookie of a session', () => {
  it('serves where a token would, under the name of its user', async () => {
    const session = await admin();
    await registerWorkspace(session, 'made-in-the-console');
    const { data } = await session.get('/activity', { params: { kind: 'workspace-registered' } });
    const { id } = (await session.get('/session')).data.user;
    expect(data.items[0]).toMatchObject({ workspaceId: 'made-in-the-console', actor: `user:${id}` });
  });

  it('acts in the workspace that a header names', async () => {
    await registerWorkspace(installation.api, 'chosen');
    expect((await (await admin('chosen')).get('/settings/webhooks')).status).toBe(200);
    expect((await (await admin('nowhere')).get('/settings/webhooks')).status).toBe(404);
  });

  it('serves until it expires, by the Clock', async () => {
    const session = await admin();
    installation.clock.advance(7 * DAY - 1);
    expect((await session.get('/session')).status).toBe(200);
    installation.clock.advance(1);
    expect((await session.get('/session')).status).toBe(401);
    expect((await session.get('/workspaces')).status).toBe(401);
    expect((await installation.signIn(ADMIN.email, ADMIN.password)).defaults.headers['Cookie']).toBeDefined();
  });

  it('serves a new process', async () => {
    const cookie = cookieOf(await admin());
    await installation.close();
    await installation.reopen();
    expect((await ask(cookie)).status).toBe(200);
  });

  it('is nothing where one character of it differs', async () => {
    const cookie = cookieOf(await admin());
    const flipped = (i: number) => `${cookie.slice(0, i)}${cookie[i] === 'A' ? 'B' : 'A'}${cookie.slice(i + 1)}`;
    expect((await ask(cookie)).status).toBe(200);
    for (const at of [cookie.indexOf('=') + 1, cookie.indexOf('.') + 1, cookie.length - 1]) {
      expect((await ask(flipped(at))).status).toBe(401);
    }
    for (const wrong of [
      '',
      '.',
      'x',
      cookie.split('=')[1]?.split('.')[0] ?? '',
      `${'a'.repeat(22)}.${'a'.repeat(43)}`,
    ]) {
      expect((await ask(`carillon_session=${wrong}`)).status).toBe(401);
    }
  });

  it('is in no event and no answer', async () => {
    const cookie = cookieOf(await admin());
    const [sessionId = '', secret = ''] = cookie.replace('carillon_session=', '').split('.');
    const events = await installation.parts.eventStore.readStream(`session-${sessionId}`);
    expect(events).toHaveLength(1);
    expect(JSON.stringify(events)).not.toContain(secret);
    expect(JSON.stringify((await ask(cookie)).data)).not.toMatch(/hash|[\w-]{43}/i);
  });

  it('is set for https alone where the installation is reached by https', async () => {
    const secure = await Installation.open({ env: { PUBLIC_URL: 'https://hooks.example' } });
    const { headers } = await secure.anonymous().post('/session', ADMIN);
    expect(headers['set-cookie']?.[0]).toMatch(/; Secure; SameSite=Strict$/);
    await secure.dispose();
  });
});

describe('a session whose user changes', () => {
  const ana = { email: 'ana@acme.example', name: 'Ana', role: 'owner', workspaceId: 'acme' };

  it('has the new role at once, and ends when they are removed', async () => {
    await registerWorkspace(installation.api, ana.workspaceId);
    const { data: user } = await installation.api.post('/users', ana);
    await installation.work();
    await installation.settled();
    const [, token] = /\/console\/password#(\S+)/.exec(mails.find(({ to }) => to === ana.email)?.text ?? '') ?? [];
    const chosen = { token, password: 'correct horse battery' };
    const session = installation.inSession(await installation.anonymous().post('/password-links/redeem', chosen));
    expect((await session.get('/users')).status).toBe(200);
    expect((await installation.api.put(`/users/${user.id}`, { role: 'viewer' })).status).toBe(200);
    expect((await session.get('/session')).data.role).toBe('viewer');
    expect((await session.get('/users')).status).toBe(403);
    expect((await session.get('/triggers')).status).toBe(200);
    expect((await installation.api.delete(`/users/${user.id}`)).status).toBe(204);
    expect((await session.get('/session')).status).toBe(401);
    expect((await session.get('/triggers')).status).toBe(401);
  });
});

describe('with the cookie of a session, what changes something', () => {
  it('is refused from a page of another site, and without the header of the console', async () => {
    const cookie = cookieOf(await admin());
    const create = async (headers: Record<string, string>) =>
      (await installation.anonymous({ Cookie: cookie, ...headers }).delete('/session')).status;
    expect(await create({})).toBe(403);
    expect(await create({ 'Carillon-Console': '1', 'Sec-Fetch-Site': 'cross-site' })).toBe(403);
    expect(await create({ 'Carillon-Console': '1', 'Sec-Fetch-Site': 'same-site' })).toBe(403);
    expect((await ask(cookie)).status).toBe(200);
    expect(await create({ 'Carillon-Console': '1', 'Sec-Fetch-Site': 'same-origin' })).toBe(204);
  });
});
