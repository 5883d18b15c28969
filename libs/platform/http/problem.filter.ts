import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LOGGER, type Logger } from '../runtime/index.ts';
import { challengeOf } from './authorization.ts';
import { problemOf, retryAfterOf } from './problem-of.ts';
import { PROBLEM_TYPE } from './problem.ts';

/** Every error becomes a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) protected readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const request = http.getRequest<FastifyRequest>();
    const body = problemOf(error, request.traceId, this.logger);
    if (body.status === 401) void reply.header('WWW-Authenticate', challengeOf(request));
    if (body.status === 503 || body.status === 429) void reply.header('Retry-After', String(retryAfterOf(error)));
    void reply.status(body.status).header('Content-Type', PROBLEM_TYPE).send(JSON.stringify(body));
  }
}
