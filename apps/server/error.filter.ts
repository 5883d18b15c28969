import { Catch, type ArgumentsHost } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerTokenError } from '../../libs/modules/identity/index.ts';
import { ProblemFilter } from '../../libs/platform/http/index.ts';

/** Problem documents everywhere but at the token endpoint, whose callers expect RFC 6749's errors. */
@Catch()
export class ErrorFilter extends ProblemFilter {
  override catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    if (answerTokenError(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>())) return;
    super.catch(error, host);
  }
}
