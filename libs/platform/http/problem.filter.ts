import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StoreUnavailable } from '../event-store/index.ts';
import { Refusal } from '../kernel/index.ts';
import { LOGGER, type Logger } from '../runtime/index.ts';
import { problem, PROBLEM_TYPE, statusOfRefusal, type Problem } from './problem.ts';

/** Every error becomes a problem document; what nobody expected is logged in full and answered without detail. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const refusal = refusalOf(error);
    const status = refusal ? statusOfRefusal[refusal.kind] : statusOf(error);
    if (status >= 500 && !refusal) this.logger.error({ err: error, traceId: request.traceId }, 'request failed');
    const body: Problem = {
      ...problem(status, refusal?.message ?? detailOf(error, status), request.traceId),
      ...(refusal && refusal.errors.length > 0 ? { errors: [...refusal.errors] } : {}),
      ...(error instanceof ProblemWith ? error.extensions : {}),
    };
    if (status === 401) void reply.header('WWW-Authenticate', 'Bearer');
    if (status === 503) void reply.header('Retry-After', String(refusal?.retryAfterSeconds ?? 5));
    void reply.status(status).header('Content-Type', PROBLEM_TYPE).send(JSON.stringify(body));
  }
}

/** A refusal whose problem document carries members of its own (RFC 9457 §3.2). */
export class ProblemWith extends Refusal {
  constructor(
    kind: Refusal['kind'],
    message: string,
    readonly extensions: Record<string, unknown>,
  ) {
    super(kind, message);
  }
}

function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof StoreUnavailable)
    return new Refusal('unavailable', 'The event store cannot write now; try again.');
  return undefined;
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | undefined)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}

function detailOf(error: unknown, status: number): string {
  if (status >= 500 || !(error instanceof Error))
    return 'Something went wrong on our side; the trace id finds it in the log.';
  return error.message;
}
