import 'reflect-metadata';
import { Controller, Delete, Get, Module, Post } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { z } from 'zod';
import { Refusal } from '../../kernel/index.ts';
import { LOGGER, ManualClock } from '../../runtime/index.ts';
import { httpAdapter } from '../fastify.ts';
import {
  AUTHENTICATOR,
  ScopeGuard,
  SESSION_AUTHENTICATOR,
  type Authenticator,
  type SessionAuthenticator,
} from '../guard.ts';
import { Caller, CallerNow, type Principal } from '../principal.ts';
import { ProblemFilter } from '../problem.filter.ts';
import { Route } from '../route.ts';

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

/** Of clients, by their ids. */
const secrets = new Map<string, string>();
/** Scopes, by the cookie they belong to. */
const cookies = new Map<string, string>();
/** What clients were checked with: id, secret and address. */
export const asked: string[] = [];
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

/** Routes behind the guard, with one answer each: who asks. */
export async function guardedApp(): Promise<NestFastifyApplication> {
  const adapter = httpAdapter({
    trustedProxies: [],
    ...{ headerPrefix: 'X-Coro', clock: new ManualClock(0), largeBodies: {}, forms: [], jsonLines: [] },
    reached: async () => true,
    errorForm: () => undefined,
    isServed: () => true,
  });
  const app = await NestFactory.create<NestFastifyApplication>(Guarded, adapter, {
    logger: false,
    abortOnError: false,
  });
  await app.init();
  return app;
}

/** Clients `id` and `weak`, users `ada` and `bob`, of whom the first may read and the second write. */
export function everybodyIsBack(): void {
  asked.length = 0;
  for (const id of ['id', 'weak']) secrets.set(id, 'se:crét');
  cookies.set('ada', 'things:read').set('bob', 'things:write');
}
