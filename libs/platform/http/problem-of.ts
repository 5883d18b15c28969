import { HttpException } from '@nestjs/common';
import { StoreUnavailable } from '../event-store/index.ts';
import { Refusal } from '../kernel/index.ts';
import { ReadModelUnavailable } from '../read-model/index.ts';
import type { Logger } from '../runtime/index.ts';
import { problem, statusOfRefusal, type Problem } from './problem.ts';

const RETRY_AFTER_SECONDS = 5;

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

/** An error as its problem document; what nobody expected is logged in full and told without detail. */
export function problemOf(error: unknown, traceId: string, logger: Logger): Problem {
  const refusal = refusalOf(error);
  const status = refusal ? statusOfRefusal[refusal.kind] : statusOf(error);
  if (status >= 500 && !refusal) logger.error({ err: error, traceId }, 'request failed');
  return {
    ...problem(status, refusal?.message ?? detailOf(error, status), traceId),
    ...(refusal && refusal.errors.length > 0 ? { errors: [...refusal.errors] } : {}),
    ...(error instanceof ProblemWith ? error.extensions : {}),
  };
}

/** Seconds after which what was unavailable may be tried again. */
export const retryAfterOf = (error: unknown): number =>
  (error instanceof Refusal ? error.retryAfterSeconds : undefined) ?? RETRY_AFTER_SECONDS;

function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof StoreUnavailable)
    return new Refusal('unavailable', 'The event store cannot write now; try again.');
  if (error instanceof ReadModelUnavailable)
    return new Refusal('unavailable', 'What is asked for cannot be read now; try again.');
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
