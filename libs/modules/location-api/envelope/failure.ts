import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { challengeOf, problemOf, problemTitles, retryAfterOf, type ErrorForm } from '../../../platform/http/index.ts';
import type { Logger } from '../../../platform/runtime/index.ts';
import { LocationInvalid, type Fault } from './location-invalid.ts';

const PATH = '/api/sys/webhooks';
const TYPE = 'application/json; charset=utf-8';

export const failureSchema = z.object({
  Message: z.string().describe('What is wrong, each fault as `PropertyName: message`'),
  Value: z.null(),
  Errors: z
    .array(
      z.object({
        AttemptedValue: z.unknown().describe('As it was sent; null where nothing was'),
        Message: z.string(),
        PropertyName: z.string(),
      }),
    )
    .nullable()
    .describe('Null where no property is to blame'),
  WasSuccessful: z.literal(false),
});
export type Failure = z.infer<typeof failureSchema>;

/** The order of the fields is part of what is published. Without `faults` no property is to blame. */
export const failureOf = (message: string, faults?: readonly Fault[]): Failure => ({
  Message: message,
  Value: null,
  Errors:
    faults?.map(({ attemptedValue, message: Message, propertyName: PropertyName }) => ({
      AttemptedValue: attemptedValue ?? null,
      Message,
      PropertyName,
    })) ?? null,
  WasSuccessful: false,
});

const nameIsMissing = new LocationInvalid([
  { propertyName: 'Name', message: 'is a required field', attemptedValue: null },
]);

/** How routes document their errors. */
export const documentedFailure = {
  type: 'application/json',
  schema: failureSchema,
  exampleOf: (status: number): Failure =>
    status === 400
      ? failureOf(nameIsMissing.message, nameIsMissing.faults)
      : failureOf(`${problemTitles[status] ?? 'Error'}: what went wrong, in a sentence.`),
};

/** Errors under the dialect's path are told in its envelope. */
export const locationErrorForm: ErrorForm = (url, { detail }) =>
  isOfLocation(url) ? { type: TYPE, text: JSON.stringify(failureOf(detail)) } : undefined;

function isOfLocation(url: string): boolean {
  const path = pathOf(url);
  return path === PATH || path.startsWith(`${PATH}/`);
}

/** As routes are found by it: of the absolute form as well, and decoded where it can be. */
function pathOf(url: string): string {
  const [path = ''] = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').split(/[?#]/, 1);
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/**
 * Answers an error of the location dialect in its envelope; false if the error is of another path. Much fails before there is a
 * route, so the filter of the whole application has to ask here first.
 */
export function answerLocationError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: Logger,
): boolean {
  if (!isOfLocation(request.url)) return false;
  const { status, detail } = problemOf(error, request.traceId, logger);
  if (status === 401) void reply.header('WWW-Authenticate', challengeOf(request));
  if (status === 503) void reply.header('Retry-After', String(retryAfterOf(error)));
  void reply
    .status(status)
    .header('Content-Type', TYPE)
    .send(JSON.stringify(failureOf(detail, error instanceof LocationInvalid ? error.faults : undefined)));
  return true;
}
