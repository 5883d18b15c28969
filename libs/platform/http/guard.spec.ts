import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Delete, Get, Module, Post } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { z } from 'zod';
import { Refusal } from '../kernel/index.ts';
import { LOGGER, ManualClock } from '../runtime/index.ts';
import { httpAdapter } from './fastify.ts';
import {
  AUTHENTICATOR,
  ScopeGuard,
  SESSION_AUTHENTICATOR,
  type Authenticator,
  type SessionAuthenticator,
} from './guard.ts';
import { Caller, CallerNow, type Principal } from './principal.ts';
import { ProblemFilter } from './problem.filter.ts';
import { Route } from './route.ts';

const text = { status: 200, schema: z.object({ actor: z.string() }), example: { actor: 'client:id' } };
const route = { summary: 'A route', scope: 'things:read', success: text } as const;

@Controller()
class Routes {
  @Get('bearer')
  @Route(route)
  bearer(@Caller() { actor }: Principal) {
    return { actor };
  }

  @Get('basic')
  @Route({ ...route, basic: true })
  basic(@Caller() { actor }: Principal) {
    return { actor };
  }

  @Get('twice')
  @Route({ ...route, basic: true })
  async twice(@CallerNow() callerNow: () => Promise<Principal>) {
    secrets.delete('id');
    return callerNow();
  }

  @Get('public')
  @Route({ ...route, scope: 'public' })
  public() {
    return { actor: 'anyone' };
  }

  @Post('bearer')
  @Route(route)
  change(@Caller() { actor }: Principal) {
    return { actor };
  }

  @Delete('bearer')
  @Route(route)
  remove(@Caller() { actor }: Principal) {
    return { actor };
  }

  @Get('session')
  @Route({ ...route, scope: 'session' })
  session(@Caller() { actor }: Principal) {
    return { actor };
  }

  @Get('signed-out-meanwhile')
  @Route(route)
  async meanwhile(@CallerNow() callerNow: () => Promise<Principal>) {
    cookies.delete('ada');
    return callerNow();
  }

  @Get('undeclared')
  undeclared() {
    return { actor: 'anyone' };
  }
}

const secrets = new Map<string, string>();
/** Scopes, by the cookie they belong to. */
const cookies = new Map<string, string>();
const asked: string[] = [];
const principal = (actor: string, scope: string): Principal => ({
  actor,
  workspaceId: 'workspace',
  scopes: new Set([scope]),
  reaches: () => true,
  reach: () => 'everything',
});
/** Tokens are the scope they have. The address `192.0.2.9` has failed too often. */
const authenticator: Authenticator = {
  authenticate: async (token) => principal('client:of-token', token),
  authenticateClient: async (clientId, secret, address) => {
    asked.push(`${clientId} ${secret} ${address}`);
    if (address === '192.0.2.9') throw new Refusal('unavailable', 'Too many failures.', { retryAfterSeconds: 6 });
    if (secrets.get(clientId) !== secret) throw new Refusal('unauthenticated', 'The client is unknown.');
    return principal(`client:${clientId}`, clientId === 'weak' ? 'things:write' : 'things:read');
  },
};

const sessions: SessionAuthenticator = {
  authenticate: async (cookie) => {
    const scope = cookies.get(cookie);
    if (scope === undefined) throw new Refusal('unauthenticated', 'The session is over.');
    return principal(`user:${cookie}`, scope);
  },
};

@Module({
  controllers: [Routes],
  providers: [
    { provide: LOGGER, useValue: pino({ level: 'silent' }) },
    { provide: AUTHENTICATOR, useValue: authenticator },
    { provide: SESSION_AUTHENTICATOR, useValue: sessions },
    { provide: APP_GUARD, useClass: ScopeGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
class Guarded {}

let app: NestFastifyApplication;
beforeAll(async () => {
  const adapter = httpAdapter({
    trustedProxies: [],
    ...{ headerPrefix: 'X-Coro', clock: new ManualClock(0), largeBodies: {}, forms: [], jsonLines: [] },
    reached: async () => true,
    errorForm: () => undefined,
    isServed: () => true,
  });
  app = await NestFactory.create<NestFastifyApplication>(Guarded, adapter, { logger: false, abortOnError: false });
  await app.init();
});
afterAll(() => app.close());
beforeEach(() => {
  asked.length = 0;
  for (const id of ['id', 'weak']) secrets.set(id, 'se:crét');
  cookies.set('ada', 'things:read').set('bob', 'things:write');
});

const basic = (credentials: string): string => `Basic ${Buffer.from(credentials).toString('base64')}`;
const get = async (path: string, authorization?: string, remoteAddress = '192.0.2.1') => {
  const headers = authorization === undefined ? {} : { authorization };
  const answer = await app.inject({ method: 'GET', url: `/${path}`, headers, remoteAddress });
  const { actor, detail } = answer.json<{ actor?: string; detail?: string }>();
  return { status: answer.statusCode, challenge: answer.headers['www-authenticate'], actor, detail, answer };
};
const BOTH = 'Bearer, Basic realm="Carillon", charset="UTF-8"';

describe('a route with a scope', () => {
  it('lets in a bearer token that has it', async () => {
    expect(await get('bearer', 'Bearer things:read')).toMatchObject({ status: 200, actor: 'client:of-token' });
    expect(await get('bearer', 'bearer  things:read')).toMatchObject({ status: 200 });
    expect(await get('bearer', 'Bearer things:write')).toMatchObject({ status: 403, challenge: undefined });
  });

  it('refuses everyone else, and challenges for a token', async () => {
    for (const authorization of [undefined, '', 'things:read', 'Digest x', 'Bearer a b']) {
      expect(await get('bearer', authorization)).toMatchObject({ status: 401, challenge: 'Bearer' });
    }
  });

  it("does not even look at a client's secret", async () => {
    expect(await get('bearer', basic('id:se:crét'))).toMatchObject({ status: 401, challenge: 'Bearer' });
    expect(asked).toEqual([]);
  });
});

describe('a route that takes Basic', () => {
  it("lets in a client by its id and secret, told the caller's address", async () => {
    expect(await get('basic', basic('id:se:crét'))).toMatchObject({ status: 200, actor: 'client:id' });
    expect(asked).toEqual(['id se:crét 192.0.2.1']);
  });

  it('takes bearer tokens all the same', async () => {
    expect(await get('basic', 'Bearer things:read')).toMatchObject({ status: 200, actor: 'client:of-token' });
  });

  it('refuses a client that lacks the scope', async () => {
    expect(await get('basic', basic('weak:se:crét'))).toMatchObject({ status: 403, challenge: undefined });
  });

  it.each([
    ['nothing', undefined],
    ['a wrong secret', basic('id:secret')],
    ['no colon', basic('id')],
    ['what is no base64', 'Basic %%%'],
    ['no credentials', 'Basic'],
    ['another scheme', 'Digest x'],
  ])('challenges for either where it gets %s', async (_, authorization) => {
    expect(await get('basic', authorization)).toMatchObject({ status: 401, challenge: BOTH });
  });

  it('makes whoever failed too often wait', async () => {
    const { status, challenge, answer } = await get('basic', basic('id:se:crét'), '192.0.2.9');
    expect([status, challenge, answer.headers['retry-after']]).toEqual([503, undefined, '6']);
  });

  it('refuses a client whose secret ended meanwhile, as of then', async () => {
    expect(await get('twice', basic('id:se:crét'))).toMatchObject({ status: 401, challenge: BOTH });
    expect(asked).toHaveLength(2);
  });
});

describe('a route without a scope', () => {
  it('lets in anyone if it says that it is public, and else nobody', async () => {
    expect(await get('public')).toMatchObject({ status: 200 });
    expect(await get('public', 'Digest x')).toMatchObject({ status: 200 });
    expect(await get('undeclared', 'Bearer things:read')).toMatchObject({ status: 403 });
  });
});

/** As the user of this cookie; a browser's `Sec-Fetch-Site` and the console's header only where given. */
const asUser = async (
  user: string,
  path: string,
  { method = 'GET', ...headers }: { method?: 'GET' | 'HEAD' | 'POST' | 'DELETE' } & Record<string, string> = {},
) => {
  const answer = await app.inject({ method, url: `/${path}`, headers, cookies: { carillon_session: user } });
  const { actor, detail } = (answer.body === '' ? {} : answer.json());
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
    expect(await get('session', 'Bearer things:read')).toMatchObject({ status: 401 });
    expect(await get('session')).toMatchObject({ status: 401 });
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
