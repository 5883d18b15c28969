import { errorDescriptions, type OutboundAnswer } from '../../../platform/outbound-http/index.ts';
import type { AttemptOutcome } from '../delivery/delivery.commands.ts';
import { parseRetryAfter } from '../delivery/retry-schedule.ts';

/** What an answer means for a delivery: 2xx is success, and nothing else is. */
export function outcomeOf(answer: OutboundAnswer, now: number): AttemptOutcome {
  if (answer.kind === 'failed') {
    const { errorClass, message } = answer;
    return { ok: false, errorClass, error: message === '' ? errorDescriptions[errorClass] : message };
  }
  const { statusCode, answer: body } = answer;
  if (statusCode >= 200 && statusCode < 300) return { ok: true, statusCode, answer: body };
  const retryAfterSeconds = parseRetryAfter(answer.retryAfter, now);
  return {
    ok: false,
    statusCode,
    errorClass: 'http-status',
    error: `The receiver answered ${statusCode}.`,
    answer: body,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}
