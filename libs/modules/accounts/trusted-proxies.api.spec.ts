import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMIN, Installation } from '../../../test/support/installation.ts';

let installation: Installation;
const start = (trusted: string) => async () => {
  installation = await Installation.open({ env: { TRUSTED_PROXIES: trusted } });
};
const signIn = (password: string, forwardedFor: string) =>
  installation
    .anonymous({ 'X-Forwarded-For': forwardedFor })
    .post('/session', { email: ADMIN.email, password })
    .then(({ status }) => status);
const tokenFor = (secret: string, forwardedFor: string) =>
  installation
    .anonymous({ 'X-Forwarded-For': forwardedFor })
    .post('/oauth/token', {
      client_id: 'nobody',
      client_secret: secret,
      audience: '',
      grant_type: 'client_credentials',
    })
    .then(({ status }) => status);

/** Ten failures, as many as are let through. */
const fail = async (ask: typeof signIn, addressOf: (n: number) => string) => {
  for (let n = 0; n < 10; n++) expect(await ask('wrong password', addressOf(n))).toBe(401);
};
/** With what is sent when it is looked whether there is room for another try, and the answer if there is. */
const ways: [what: string, ask: typeof signIn, given: string, free: number][] = [
  ['signing in', signIn, ADMIN.password, 200],
  ['asking for a token', tokenFor, 'wrong too', 401],
];

describe('the limit of failures behind a trusted proxy', () => {
  beforeAll(start('10.0.0.0/8,127.0.0.0/8,::1/128'));
  afterAll(() => installation.dispose());

  it.each(ways)('of %s is that of the address which the proxy was asked from', async (_, ask, right, free) => {
    await fail(ask, () => '203.0.113.1');
    expect(await ask(right, '203.0.113.1')).toBe(429);
    expect(await ask(right, '203.0.113.2')).toBe(free);
  });

  it.each(ways)('of %s is that of the whole network of an IPv6 address', async (_, ask, right, free) => {
    await fail(ask, (n) => `2001:db8:0:1::${n + 1}`);
    expect(await ask(right, '2001:db8:0:1:ffff::77')).toBe(429);
    expect(await ask(right, '2001:db8:0:2::1')).toBe(free);
  });

  it.each(ways)('of %s is not deceived by what a client says of itself', async (_, ask, right) => {
    // The proxy adds the address that it sees; what the client has sent is before that.
    await fail(ask, (n) => `198.51.100.${n}, 203.0.113.3`);
    expect(await ask(right, '198.51.100.77, 203.0.113.3')).toBe(429);
    expect(await ask(right, '203.0.113.3, 10.1.2.3')).toBe(429);
  });
});

describe('the limit of failures behind any other proxy', () => {
  beforeAll(start('10.0.0.0/8'));
  afterAll(() => installation.dispose());

  it.each(ways)('of %s is that of the connection, whatever it says', async (_, ask, right) => {
    await fail(ask, (n) => `203.0.113.${n}`);
    expect(await ask(right, '203.0.113.77')).toBe(429);
    expect(await ask(right, '10.1.2.3')).toBe(429);
  });
});
