import cookie from '@fastify/cookie';
import { BadRequestException, NotFoundException, UnsupportedMediaTypeException } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Clock } from '../kernel/index.ts';
import { runInContext } from '../runtime/index.ts';
import { JSON_LINES_TYPE, JsonLines } from './json-lines.ts';
import { refuseUnparsable, refuseUnroutable, type ErrorForm } from './before-routes.ts';
import { readYourWrites, type Reached } from './read-your-writes.ts';
import { traceIdOf } from './trace-id.ts';

const SMALL_BODY = 256 * 1024;
const DEEPEST_JSON = 64;
const TOO_DEEP = `is nested deeper than ${DEEPEST_JSON} levels`;
/** As long as a request line can get: an id that is too long does not exist, like any other that is wrong. */
const LONGEST_PARAMETER = 16 * 1024;

export type HttpOptions = {
  readonly headerPrefix: string;
  readonly clock: Clock;
  /** CIDRs: whose `X-Forwarded-*` headers are believed. */
  readonly trustedProxies: readonly string[];
  /** Routes, by path, whose bodies may be larger than 256 KiB; in bytes. */
  readonly largeBodies: Readonly<Record<string, number>>;
  /** Routes, by path, that take a form besides JSON. Nowhere else: a page of another site can send one without asking. */
  readonly forms: readonly string[];
  /** Routes, by path, that take JSON lines besides JSON, as `JsonLines`: of any length, read as they are taken. */
  readonly jsonLines: readonly string[];
  readonly reached: Reached;
  /** Of what is refused before there is a route; an exception filter does the rest. */
  readonly errorForm: ErrorForm;
  /** Whether this process answers on a path. */
  readonly isServed: (path: string) => boolean;
};

/** Fastify as every route needs it: a trace id on each answer, limits on bodies, and the context that commands run in. */
export function httpAdapter({
  headerPrefix,
  clock,
  trustedProxies,
  largeBodies,
  forms,
  jsonLines,
  reached,
  errorForm,
  isServed,
}: HttpOptions): FastifyAdapter {
  const traceHeader = `${headerPrefix}-Trace-Id`;
  const adapter = new FastifyAdapter({
    bodyLimit: SMALL_BODY,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    frameworkErrors: refuseUnroutable(traceHeader, errorForm),
    clientErrorHandler: refuseUnparsable(traceHeader),
  });
  const fastify = adapter.getInstance();
  void fastify.register(cookie);
  fastify.removeContentTypeParser('text/plain');
  // Many clients name a content type on every request, also where there is nothing to send.
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  adapter.useBodyParser('application/json', false, {}, (request, body, done) =>
    body.length === 0 ? done(null, undefined) : parseJson(request, body.toString(), done),
  );
  fastify.addContentTypeParser(JSON_LINES_TYPE, (request, payload, done) => {
    if (!jsonLines.includes(request.routeOptions.url ?? ''))
      return done(new UnsupportedMediaTypeException('Send JSON.'));
    const parse = (text: string): unknown => {
      let result: unknown;
      void parseJson(request, text, (error, value) => {
        if (error) throw new Error('is not JSON');
        result = value;
      });
      if (depthExceeds(result, DEEPEST_JSON)) throw new Error(TOO_DEEP);
      return result;
    };
    done(null, new JsonLines(payload, parse));
  });
  fastify.decorateRequest('traceId', '');
  fastify.decorateRequest('arrivedAt', 0);
  fastify.decorateRequest('principal', undefined);
  fastify.decorateRequest('takesBasic', false);
  fastify.decorateRequest('callerNow', undefined);
  fastify.addHook('onRoute', (route) => {
    const limit = largeBodies[route.url];
    if (limit !== undefined) route.bodyLimit = limit;
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    request.traceId = traceIdOf(request.headers['traceparent']);
    request.arrivedAt = clock.now();
    // Times in answers are the clock's, and the console reckons by this one how long ago they are.
    void reply.headers({ [traceHeader]: request.traceId, Date: new Date(request.arrivedAt).toUTCString() });
    done(isServed(request.url) ? undefined : new NotFoundException('This process has no API; another one has.'));
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    // In any case of letters: a page of another site chooses how it spells what it sends without asking.
    const isForm = /^\s*application\/x-www-form-urlencoded/i.test(request.headers['content-type'] ?? '');
    // Clients name a form on requests without a body, too.
    const isEmpty = Object.keys(request.body ?? {}).length === 0;
    if (isForm && !isEmpty && !forms.includes(request.routeOptions.url ?? '')) {
      done(new UnsupportedMediaTypeException('Send JSON.'));
    } else if (depthExceeds(request.body, DEEPEST_JSON)) {
      done(new BadRequestException(`The body ${TOO_DEEP}.`));
    } else done();
  });
  // After the body is read: the stream's events would not carry the context.
  fastify.addHook('preHandler', (request, _reply, done) => runInContext(request.traceId, done));
  fastify.addHook('onSend', readYourWrites(reached));
  return adapter;
}

function depthExceeds(value: unknown, limit: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  return limit === 0 || Object.values(value).some((member) => depthExceeds(member, limit - 1));
}
