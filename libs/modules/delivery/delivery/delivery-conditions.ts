import { z } from 'zod';
import { errorDescriptions, type ErrorClass } from '../../../platform/outbound-http/index.ts';
import type { Condition } from '../../../platform/read-model/index.ts';

const reasons = Object.keys(errorDescriptions) as ErrorClass[];

/** What deliveries can be told apart by in a query, whatever their status: the same in lists, counts and bulk redeliveries. */
export const narrowing = {
  type: z.string().max(100).optional().describe('The trigger'),
  code: z
    .string()
    .regex(/^[1-9](xx|\d\d)$/, 'is neither a status code, such as 503, nor a class of them, such as 5xx')
    .optional()
    .describe('The status that the newest attempt was answered with, such as `503`, or a class of them: `5xx`'),
  errorClass: z
    .enum(['http-status', ...reasons])
    .optional()
    .describe('What the newest attempt failed with: `http-status` for an answer that was no 2xx'),
  event: z.string().max(128).optional().describe('The id of the event, which is the hook id'),
  eventWorkspace: z.string().max(128).optional().describe('The workspace of the event'),
};
export type Narrowing = { readonly [field in keyof typeof narrowing]?: string | undefined };

export function conditionsOf({ type, code, errorClass, event, eventWorkspace }: Narrowing): Condition[] {
  const equal = { type, lastErrorClass: errorClass, eventId: event, eventWorkspaceId: eventWorkspace };
  return [
    ...Object.entries(equal).flatMap(([field, value]) => (value === undefined ? [] : [{ field, eq: value }])),
    ...(code === undefined ? [] : [answeredWith(code)]),
  ];
}

function answeredWith(code: string): Condition {
  const field = 'lastStatusCode';
  if (!code.endsWith('xx')) return { field, eq: Number(code) };
  const first = Number(code[0]) * 100;
  return { field, gte: first, lt: first + 100 };
}

/** What fits has failed at its newest attempt: nothing but 2xx is a success. */
export const isOfFailures = ({ code, errorClass }: Narrowing): boolean =>
  errorClass !== undefined || (code !== undefined && !code.startsWith('2'));
