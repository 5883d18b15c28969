import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { everybodyIsBack, guardedApp } from './testing/guarded-app.ts';

let app: NestFastifyApplication;
beforeAll(async () => void (app = await guardedApp()));
afterAll(() => app.close());
beforeEach(everybodyIsBack);

/** As the user of this cookie; a browser's `Sec-Fetch-Site` and the console's header only where given. */
const asUser = async (
  user: string,
  path: string,
  { method = 'GET', ...headers }: { method?: 'GET' | 'HEAD' | 'POST' | 'DELETE' } & Record<string, string> = {},
) => {
  const answer = await app.inject({ method, url: `/${path}`, headers, cookies: { carillon_session: user } });
  const { actor, detail } = answer.body === '' ? {} : answer.json();
  return { status: answer.statusCode, actor, detail };
};
const CONSOLE = { 'carillon-console': '1' };

describe('a session', () => {
  it('is taken wherever a bearer token is, for what its user may do', async () => {
    for (const path of ['bearer', 'basic']) {
      expect(await asUser('ada', path)).toMatchObject({ status: 200, actor: 'user:ada' });
      expect(await asUser('bob', path)).toMatchObject({ status: 403, detail: expect.stringContaining('things:read') });
      expect(await asUser('nobody', path)).toMatchObject({ status: 401, detail: 'The session is over.' });
    }
  });

  it('counts for nothing beside an Authorization header', async () => {
    expect(await asUser('ada', 'bearer', { authorization: 'Bearer things:write' })).toMatchObject({ status: 403 });
    expect(await asUser('ada', 'bearer', { authorization: 'Digest x' })).toMatchObject({ status: 401 });
    expect(await asUser('bob', 'bearer', { authorization: 'Bearer things:read' })).toMatchObject({
      status: 200,
      actor: 'client:of-token',
    });
  });

  it('is needed where a route is for sessions, whatever their scopes', async () => {
    expect(await asUser('bob', 'session')).toMatchObject({ status: 200, actor: 'user:bob' });
    const withToken = await app.inject({ url: '/session', headers: { authorization: 'Bearer things:read' } });
    expect([withToken.statusCode, (await app.inject('/session')).statusCode]).toEqual([401, 401]);
  });

  it('that ends while a request lasts is refused as of then', async () => {
    expect(await asUser('ada', 'signed-out-meanwhile')).toMatchObject({ status: 401 });
  });
});

describe('with a session, a request that changes something', () => {
  it('says that it comes from the console, or is refused and told so', async () => {
    for (const method of ['POST', 'DELETE'] as const) {
      const bare = await asUser('ada', 'bearer', { method });
      expect(bare).toMatchObject({ status: 403, detail: expect.stringContaining('Carillon-Console: 1') });
      expect((await asUser('ada', 'bearer', { method, 'carillon-console': 'yes' })).status).toBe(403);
      expect((await asUser('ada', 'bearer', { method, ...CONSOLE })).actor).toBe('user:ada');
    }
  });

  it('needs no such header with a bearer token', async () => {
    const headers = { authorization: 'Bearer things:read' };
    expect((await app.inject({ method: 'POST', url: '/bearer', headers })).statusCode).toBe(200);
  });
});

describe('with a session, a request from a page', () => {
  it.each(['same-origin', 'none'])('of the console itself (%s) is let in', async (site) => {
    expect((await asUser('ada', 'bearer', { 'sec-fetch-site': site })).status).toBe(200);
    expect((await asUser('ada', 'bearer', { method: 'POST', 'sec-fetch-site': site, ...CONSOLE })).status).toBe(200);
  });

  it.each(['cross-site', 'same-site', 'anything'])(
    'of another origin (%s) is refused, reading or writing',
    async (site) => {
      const refused = { status: 403, detail: expect.stringContaining('another site') };
      expect(await asUser('ada', 'bearer', { 'sec-fetch-site': site })).toMatchObject(refused);
      expect(await asUser('ada', 'session', { 'sec-fetch-site': site })).toMatchObject(refused);
      expect(await asUser('ada', 'bearer', { method: 'POST', 'sec-fetch-site': site, ...CONSOLE })).toMatchObject(
        refused,
      );
    },
  );

  it('of another origin is let in by a token of its own', async () => {
    const headers = { authorization: 'Bearer things:read', 'sec-fetch-site': 'cross-site' };
    expect((await app.inject({ url: '/bearer', headers })).statusCode).toBe(200);
  });
});
