import { z } from 'zod';
import type { RefusalKind } from '../kernel/index.ts';

/** RFC 9457 problem details, with the trace id and the fields that are wrong. */
export const problemSchema = z.looseObject({
  type: z.string().describe('about:blank: the title says it all'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  traceId: z.string().describe('The same id is in the response header and in the log'),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** The one table from a refusal to its HTTP status. */
export const statusOfRefusal: Record<RefusalKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'precondition-failed': 412,
  'too-large': 413,
  'too-many': 429,
  unavailable: 503,
};

export const problemTitles: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

export const problem = (status: number, detail: string, traceId: string): Problem => ({
  type: 'about:blank',
  title: problemTitles[status] ?? 'Error',
  status,
  detail,
  traceId,
});
