import { Catch, type ArgumentsHost } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerTokenError } from '../../libs/modules/identity/index.ts';
import { answerLocationError } from '../../libs/modules/location-api/index.ts';
import { ProblemFilter } from '../../libs/platform/http/index.ts';

/**
 * Problem documents everywhere but at the token endpoint, whose callers expect RFC 6749's errors, and in the location dialect, which
 * has an envelope of its own.
 */
@Catch()
export class ErrorFilter extends ProblemFilter {
  override catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (answerTokenError(error, request, reply) || answerLocationError(error, request, reply, this.logger)) return;
    super.catch(error, host);
  }
}
