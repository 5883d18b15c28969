import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { registerWorkspace, unique } from '../../../../test/support/api.ts';
import { CLIENT, Installation } from '../../../../test/support/installation.ts';
import { headerOf } from '../../../platform/mail/testing/read-mail.ts';
import { mailsTo, tokensTo } from '../send-account-mails/testing/mailbox.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const PASSWORD = 'correct horse battery';
const WORKSPACE = 'acme';

let installation: Installation;
let api: AxiosInstance;
beforeAll(async () => {
  installation = await Installation.start({ env: { PUBLIC_URL: 'https://hooks.example' } });
  await registerWorkspace(installation.api, WORKSPACE);
});
// Days pass here, and tokens do not last so long.
beforeEach(async () => {
  api = await installation.as(CLIENT.id, CLIENT.secret);
});
afterAll(() => installation.dispose());

const post = (path: string, body: object, headers = {}) => installation.anonymous(headers).post(path, body);
const check = (token: string) => post('/password-links/check', { token });
const redeem = (token: string, changes: object = {}) =>
  post('/password-links/redeem', { token, password: PASSWORD, ...changes });
const signIn = async (email: string, password = PASSWORD) => (await post('/session', { email, password })).status;

/** Answers the id, and the token of the mail that came. */
async function invited(email: string, role = 'owner'): Promise<{ id: string; token: string }> {
  const { status, data } = await api.post('/users', { email, name: 'Ada', role, workspaceId: WORKSPACE });
  expect(status).toBe(201);
  return { id: data.id, token: await newest(email) };
}
const newest = async (email: string): Promise<string> => {
  await installation.settled();
  return (await tokensTo(installation, email)).at(-1) ?? '';
};
const active = async (email: string) => {
  const user = await invited(email);
  expect((await redeem(user.token)).status).toBe(200);
  return user;
};
/** Nothing waits for what the request began: until there are so many mails. */
async function asked(email: string, mails: number): Promise<string> {
  expect((await post('/password-links', { email })).status).toBe(202);
  while ((await tokensTo(installation, email)).length < mails) {
    await turn();
    await installation.settled();
  }
  return newest(email);
}
const address = () => `${unique('ada')}@one.example`;

describe('an invitation', () => {
  it('is mailed, and its link leads to the console', async () => {
    const email = address();
    const { token } = await invited(email);
    const [mail, ...others] = await mailsTo(installation, email);
    expect(others).toEqual([]);
    expect(mail && headerOf(mail, 'subject')).toEqual(['You are invited to the webhooks of acme']);
    expect(mail?.text).toContain(`https://hooks.example/console/password#${token}`);
  });

  it('is seen to be one, as often as one looks', async () => {
    const email = address();
    const { token } = await invited(email);
    const expiresAt = new Date(installation.clock.now() + 7 * DAY).toISOString();
    for (let n = 0; n < 2; n++) {
      const { status, data, headers } = await check(token);
      expect([status, data]).toEqual([200, { email, name: 'Ada', purpose: 'invitation', expiresAt }]);
      expect(headers['cache-control']).toBe('no-store');
    }
  });

  it('lets a user choose a password and a name, and signs them in', async () => {
    const email = address();
    const { id, token } = await invited(email);
    const answer = await redeem(token, { name: 'Ada Byron' });
    expect(answer.status).toBe(200);
    expect(answer.data).toMatchObject({
      user: { id, email, name: 'Ada Byron' },
      role: 'owner',
      workspaceId: WORKSPACE,
    });
    const { data } = await installation.inSession(answer).get('/session');
    expect(data.user).toEqual({ id, email, name: 'Ada Byron' });
    expect(await signIn(email.toUpperCase())).toBe(200);
    expect((await api.get(`/users/${id}`)).data).toMatchObject({ status: 'active', name: 'Ada Byron' });
  });

  it('ends after seven days', async () => {
    const { token } = await invited(address());
    installation.clock.advance(7 * DAY - 1);
    expect((await check(token)).status).toBe(200);
    installation.clock.advance(1);
    expect((await check(token)).status).toBe(404);
    expect((await redeem(token)).status).toBe(404);
  });

  it('is replaced by the next one', async () => {
    const email = address();
    const { id, token } = await invited(email);
    expect((await api.post(`/users/${id}/invite`)).status).toBe(202);
    const second = await newest(email);
    expect(second).not.toBe(token);
    expect([(await redeem(token)).status, (await redeem(second)).status]).toEqual([404, 200]);
  });

  it('is void once the user is removed', async () => {
    const { id, token } = await invited(address());
    expect((await api.delete(`/users/${id}`)).status).toBe(204);
    expect((await redeem(token)).status).toBe(404);
  });
});

describe('a link', () => {
  it('is used once, by one of those who try at the same time', async () => {
    const { token } = await invited(address());
    const statuses = (await Promise.all([redeem(token), redeem(token), redeem(token)])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 404, 404]);
    expect((await check(token)).status).toBe(404);
  });

  it('that never was one is told as one that is used up', async () => {
    const { token } = await invited(address());
    const answers = await Promise.all(
      ['x', 'x.y', `${token}x`, token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))].map(redeemed),
    );
    expect(new Set(answers.map(({ status, detail }) => `${status} ${detail}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
    async function redeemed(wrong: string) {
      const { status, data } = await redeem(wrong);
      return { status, detail: data.detail as string };
    }
  });

  it('is not used up by a password that may not be one', async () => {
    const email = address();
    const { token } = await invited(email);
    for (const password of ['too short', email, 'passwordpassword']) {
      const { status, data } = await redeem(token, { password });
      expect([status, data.errors[0].field]).toEqual([400, 'password']);
    }
    expect((await redeem(token)).status).toBe(200);
  });

  it('sets a password that is the same however its accents are typed', async () => {
    const email = address();
    const { token } = await invited(email);
    expect((await redeem(token, { password: 'cafe\u0301 con mucha leche' })).status).toBe(200);
    expect(await signIn(email, 'caf\u00e9 con mucha leche')).toBe(200);
  });

  it('is not taken from a page of another site', async () => {
    const { token } = await invited(address());
    const elsewhere = { 'Sec-Fetch-Site': 'cross-site' };
    expect((await post('/password-links/redeem', { token, password: PASSWORD }, elsewhere)).status).toBe(403);
    expect((await post('/password-links/check', { token }, elsewhere)).status).toBe(403);
    expect((await post('/password-links', { email: 'a@one.example' }, elsewhere)).status).toBe(403);
  });
});

describe('a forgotten password', () => {
  it('is replaced with a link from a mail, which ends all sessions', async () => {
    const email = address();
    await active(email);
    const session = await installation.signIn(email, PASSWORD);
    const token = await asked(email, 2);
    expect((await check(token)).data).toMatchObject({ purpose: 'reset' });
    expect((await session.get('/session')).status).toBe(200);
    expect((await redeem(token, { password: 'another horse battery' })).status).toBe(200);
    expect((await session.get('/session')).status).toBe(401);
    expect([await signIn(email), await signIn(email, 'another horse battery')]).toEqual([401, 200]);
  });

  it('can be replaced for an hour', async () => {
    const email = address();
    await active(email);
    const token = await asked(email, 2);
    installation.clock.advance(HOUR - 1);
    expect((await check(token)).status).toBe(200);
    installation.clock.advance(1);
    expect((await redeem(token)).status).toBe(404);
  });

  it('of somebody who never had one is a new invitation', async () => {
    const email = address();
    const { token } = await invited(email);
    const second = await asked(email, 2);
    expect((await check(second)).data).toMatchObject({ purpose: 'invitation' });
    expect((await check(token)).status).toBe(404);
  });

  it('of nobody, and of one who was removed, is answered alike, without a mail', async () => {
    const email = address();
    const { id } = await active(email);
    await api.delete(`/users/${id}`);
    const nobody = address();
    for (const one of [email, nobody, 'no address at all']) {
      const { status, data } = await post('/password-links', { email: one });
      expect([status, data]).toEqual([202, '']);
    }
    await installation.quiet();
    await installation.settled();
    expect(await mailsTo(installation, nobody)).toEqual([]);
    expect(await mailsTo(installation, email)).toHaveLength(1);
  });

  it('is asked for five times an hour, whether or not anybody has the address', async () => {
    const email = address();
    await active(email);
    for (const one of [email, address()]) {
      for (let n = 0; n < 5; n++) expect((await post('/password-links', { email: one })).status).toBe(202);
      const { status, headers } = await post('/password-links', { email: one.toUpperCase() });
      expect([status, headers['retry-after']]).toEqual([429, '720']);
    }
    installation.clock.advance(720_000);
    expect((await post('/password-links', { email })).status).toBe(202);
  });
});

describe('what is kept of a link', () => {
  it('is not its token', async () => {
    const email = address();
    const { id, token } = await invited(email);
    const stored = JSON.stringify(await installation.parts.eventStore.readStream(`user-${id}`));
    expect(stored).not.toContain(token.split('.')[1]);
    expect(JSON.stringify((await api.get(`/users/${id}`)).data)).not.toMatch(/hash|token|scrypt/i);
  });
});
