import { randomBytes } from 'node:crypto';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Refusal, type Clock } from '../kernel/index.ts';
import { runInContext } from '../runtime/index.ts';

const SMALL_BODY = 256 * 1024;
const DEEPEST_JSON = 64;

export type HttpOptions = {
  readonly headerPrefix: string;
  readonly clock: Clock;
  /** Routes, by path, whose bodies may be larger than 256 KiB; in bytes. */
  readonly largeBodies: Readonly<Record<string, number>>;
};

/** Fastify as every route needs it: a trace id on each answer, limits on bodies, and the context that commands run in. */
export function httpAdapter({ headerPrefix, clock, largeBodies }: HttpOptions): FastifyAdapter {
  const adapter = new FastifyAdapter({ bodyLimit: SMALL_BODY, trustProxy: false });
  const fastify = adapter.getInstance();
  fastify.decorateRequest('traceId', '');
  fastify.decorateRequest('arrivedAt', 0);
  fastify.decorateRequest('principal', undefined);
  fastify.addHook('onRoute', (route) => {
    const limit = largeBodies[route.url];
    if (limit !== undefined) route.bodyLimit = limit;
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    request.traceId = traceIdOf(request.headers['traceparent']);
    request.arrivedAt = clock.now();
    void reply.header(`${headerPrefix}-Trace-Id`, request.traceId);
    done();
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    if (depthExceeds(request.body, DEEPEST_JSON)) {
      done(new Refusal('invalid', `The body is nested deeper than ${DEEPEST_JSON} levels.`));
    } else done();
  });
  // After the body is read: the stream's events would not carry the context.
  fastify.addHook('preHandler', (request, _reply, done) => runInContext(request.traceId, done));
  return adapter;
}

/** The caller's trace (W3C `traceparent`), or a new one: 32 hexadecimal characters. */
function traceIdOf(traceparent: string | string[] | undefined): string {
  const given = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/.exec(String(traceparent))?.[1];
  return given !== undefined && !/^0+$/.test(given) ? given : randomBytes(16).toString('hex');
}

function depthExceeds(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((v) => (v !== null && typeof v === 'object' ? (Object.values(v) as unknown[]) : []));
  }
  return false;
}
