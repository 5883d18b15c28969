import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { ADMIN, Installation } from '../../../test/support/installation.ts';

let installation: Installation;
let anyone: AxiosInstance;

beforeAll(async () => {
  installation = await Installation.open();
  anyone = installation.anonymous();
});
afterAll(() => installation.dispose());

const WRONG = { email: ADMIN.email, password: 'wrong password' };
const signIn = (credentials: object, headers: Record<string, string> = {}) =>
  anyone.post('/session', credentials, { headers });
const admin = () => installation.signIn(ADMIN.email, ADMIN.password);
const status = async (session: AxiosInstance) => (await session.get('/session')).status;
/** So that failures of one test are forgotten in the next. */
const forgive = () => installation.clock.advance(600_000);

describe('signing in', () => {
  it('answers who that is and what they may do, and sets a cookie that scripts cannot read', async () => {
    const { status, data, headers } = await signIn({ ...ADMIN, email: 'Admin@Carillon.localhost' });
    expect(status).toBe(200);
    expect(data).toEqual({
      user: { id: expect.any(String), email: ADMIN.email, name: '' },
      link: null,
      role: 'operator',
      workspaceId: 'root',
      scopes: expect.arrayContaining(['installation:read', 'workspaces:write', 'location-webhooks:edit']),
      expiresAt: new Date(installation.clock.now() + 7 * 86_400_000).toISOString(),
      dismissals: [],
    });
    expect(headers['set-cookie']).toHaveLength(1);
    const [cookie, ...attributes] = headers['set-cookie']?.[0]?.split('; ') ?? [];
    expect(cookie).toMatch(/^carillon_session=[\w-]{22}\.[\w-]{43}$/);
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Strict']);
    expect(headers['cache-control']).toBe('no-store');
    expect((await (await admin()).get('/session')).data).toEqual(data);
  });

  it('tells a wrong password, an unknown address and one without a password the same', async () => {
    const invited = { email: 'invited@one.example', name: 'Invited', role: 'viewer' };
    expect((await installation.api.post('/users', invited)).status).toBe(201);
    const answers = [];
    for (const email of [ADMIN.email, 'nobody@one.example', 'no address', invited.email]) {
      const { status, data, headers } = await signIn({ ...WRONG, email });
      answers.push({ status, ...data, traceId: undefined, cookies: headers['set-cookie'] });
    }
    expect(answers[0]).toMatchObject({ status: 401, detail: 'The e-mail address or the password is wrong.' });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('takes no less time for an unknown address', async () => {
    forgive();
    const quickest = async (email: string) => {
      const times = [];
      for (let i = 0; i < 5; i++) {
        const began = performance.now();
        await signIn({ ...WRONG, email });
        times.push(performance.now() - began);
      }
      return Math.min(...times);
    };
    const known = await quickest(ADMIN.email);
    expect(await quickest('nobody@one.example')).toBeGreaterThan(known / 2);
  });

  it.each([
    ['no password', { email: ADMIN.email }],
    ['more than is asked for', { ...ADMIN, role: 'operator' }],
    ['nothing', undefined],
  ])('refuses %s', async (_, body) => {
    expect((await anyone.post('/session', body)).status).toBe(400);
  });

  it('takes no form, which a page of another site could send', async () => {
    const form = new URLSearchParams(ADMIN).toString();
    for (const type of ['application/x-www-form-urlencoded', 'Application/X-WWW-Form-Urlencoded', 'text/plain']) {
      const { status } = await anyone.post('/session', form, { headers: { 'Content-Type': type } });
      expect([type, status]).toEqual([type, 415]);
    }
  });

  it('is refused to a page of another site', async () => {
    const { status, headers } = await signIn(ADMIN, { 'Sec-Fetch-Site': 'cross-site' });
    expect([status, headers['set-cookie']]).toEqual([403, undefined]);
    expect((await signIn(ADMIN, { 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200);
  });

  it('is told in the activity log, without the secrets of the session', async () => {
    forgive();
    const session = await admin();
    const { id } = (await session.get('/session')).data.user;
    await installation.settled();
    const { data } = await session.get('/activity', { params: { kind: 'user-signed-in' } });
    expect(data.items[0]).toMatchObject({
      actor: `user:${id}`,
      summary: expect.stringContaining('signed in'),
      workspaceId: 'root',
    });
    const all = JSON.stringify((await session.get('/activity', { params: { limit: 200 } })).data);
    expect(all).not.toMatch(/scrypt|hash|secret"/i);
  });
});

describe('ten failures', () => {
  const fail = async (email: string) => {
    for (let i = 0; i < 10; i++) expect((await signIn({ ...WRONG, email })).status).toBe(401);
  };

  it('make whoever failed wait for that address, by the Clock, even with the right password', async () => {
    forgive();
    await fail(ADMIN.email);
    const { status, headers, data } = await signIn({ ...ADMIN, email: ADMIN.email.toUpperCase() });
    expect([status, headers['retry-after'], headers['set-cookie']]).toEqual([429, '60', undefined]);
    expect(data).toMatchObject({ title: 'Too Many Requests', detail: expect.stringContaining('60 seconds') });
    installation.clock.advance(59_500);
    expect((await signIn(ADMIN)).headers['retry-after']).toBe('1');
    installation.clock.advance(500);
    expect((await signIn(ADMIN)).status).toBe(200);
  });

  it('are those of unknown addresses, too', async () => {
    await fail('nobody@two.example');
    expect((await signIn({ ...WRONG, email: 'nobody@two.example' })).status).toBe(429);
    expect((await signIn({ ...WRONG, email: 'somebody@two.example' })).status).toBe(401);
  });

  it('count from where the connection comes, whatever headers say', async () => {
    await fail('nobody@three.example');
    const headers = { 'X-Forwarded-For': '192.0.2.77', Forwarded: 'for=192.0.2.77' };
    expect((await signIn({ ...WRONG, email: 'nobody@three.example' }, headers)).status).toBe(429);
  });

  it('are counted although they were sent at the same time', async () => {
    forgive();
    const tries = Array.from({ length: 15 }, () => signIn({ ...WRONG, email: 'nobody@four.example' }));
    const statuses = (await Promise.all(tries)).map((answer) => answer.status);
    expect(statuses.filter((each) => each === 401)).toHaveLength(10);
    expect(statuses.filter((each) => each === 429)).toHaveLength(5);
  });

  it('of somebody who guesses the current password count as well', async () => {
    forgive();
    const session = await admin();
    const change = () => session.post('/session/change-password', { current: 'wrong', password: 'a long enough one' });
    for (let i = 0; i < 10; i++) expect((await change()).status).toBe(400);
    expect((await change()).status).toBe(429);
    forgive();
  });
});

describe('signing out', () => {
  it('ends this session and takes its cookie back', async () => {
    const [one, other] = [await admin(), await admin()];
    const { status: answered, headers } = await one.delete('/session');
    expect(answered).toBe(204);
    expect(headers['set-cookie']?.[0]).toMatch(/^carillon_session=; Max-Age=0; Path=\/; HttpOnly; SameSite=Strict$/);
    expect([await status(one), await status(other)]).toEqual([401, 200]);
    expect((await one.delete('/session')).status).toBe(401);
  });

  it('everywhere ends all sessions of the user at once', async () => {
    const [one, other] = [await admin(), await admin()];
    expect((await one.post('/session/end-all')).status).toBe(204);
    expect([await status(one), await status(other)]).toEqual([401, 401]);
    expect(await status(await admin())).toBe(200);
  });
});

describe('changing the password', () => {
  const other = { current: ADMIN.password, password: 'another horse battery' };

  it('needs the current one, and one that is long enough', async () => {
    const session = await admin();
    const refused = await session.post('/session/change-password', { ...other, current: 'wrong password' });
    expect(refused.data).toMatchObject({ status: 400, errors: [{ field: 'current' }] });
    const short = await session.post('/session/change-password', { ...other, password: 'short' });
    expect(short.data).toMatchObject({ status: 400, errors: [{ field: 'password' }] });
    expect(await status(session)).toBe(200);
  });

  it('ends all other sessions and goes on in a new one', async () => {
    const [one, two] = [await admin(), await admin()];
    const changed = await one.post('/session/change-password', other);
    expect([changed.status, changed.data.user.email]).toEqual([200, ADMIN.email]);
    expect([await status(one), await status(two)]).toEqual([401, 401]);
    expect(await status(installation.inSession(changed))).toBe(200);
    expect((await signIn(ADMIN)).status).toBe(401);
    expect((await signIn({ ...ADMIN, password: other.password })).status).toBe(200);
    const back = { current: other.password, password: ADMIN.password };
    expect((await installation.inSession(changed).post('/session/change-password', back)).status).toBe(200);
  });
});

describe('a pop-up that was read', () => {
  it('is known in every session of the user, once', async () => {
    const [one, two] = [await admin(), await admin()];
    const key = 'version-2026-01-01.root';
    for (const session of [one, two]) expect((await session.put(`/session/dismissals/${key}`)).status).toBe(204);
    expect((await two.get('/session')).data.dismissals).toEqual([key]);
    expect((await one.put('/session/dismissals/a%20b')).status).toBe(400);
  });
});
