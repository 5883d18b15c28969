import type { FieldError } from '../../../platform/kernel/index.ts';

export const MAX_HEADERS = 50;
const MAX_HEADER_BYTES = 4_096;

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** What an HTTP/1.1 client can send: tab, printable ASCII and the rest of Latin-1. */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** They frame the request, or belong to the connection; the HTTP client refuses to send the last three. */
const NEVER = new Set(['host', 'content-length', 'transfer-encoding', 'connection', 'keep-alive', 'upgrade', 'expect']);
/** Those of Standard Webhooks, and of the location dialect. */
const OWN = ['webhook-', 'x-nexudus-hook-'];

/**
 * What is wrong with the headers a webhook is configured with; `field` is the header's name, empty for the set as a whole.
 * `ownPrefix` is that of the headers Carillon sets itself, without its last hyphen.
 */
export function headerProblems(headers: Readonly<Record<string, unknown>>, ownPrefix: string): FieldError[] {
  const names = Object.keys(headers);
  const problems = Object.entries(headers).flatMap(([name, value]) => {
    const message = nameProblem(name, ownPrefix) ?? valueProblem(name, value);
    return message === undefined ? [] : [{ field: name, message }];
  });
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name.toLowerCase())) problems.push({ field: name, message: 'is given twice; names ignore case' });
    seen.add(name.toLowerCase());
  }
  if (names.length > MAX_HEADERS) problems.push({ field: '', message: `may hold ${MAX_HEADERS} headers at most` });
  return problems;
}

function nameProblem(name: string, ownPrefix: string): string | undefined {
  const lower = name.toLowerCase();
  if (!TOKEN.test(name)) return 'is not a valid header name';
  if (NEVER.has(lower)) return 'cannot be configured';
  if ([...OWN, `${ownPrefix.toLowerCase()}-`].some((beginning) => lower.startsWith(beginning))) {
    return 'is reserved for the headers of the alert itself';
  }
  return undefined;
}

function valueProblem(name: string, value: unknown): string | undefined {
  if (typeof value !== 'string') return 'must be a string';
  if (!FIELD_VALUE.test(value)) return 'may hold Latin-1 text only, without line breaks or other control characters';
  if (name.length + value.length > MAX_HEADER_BYTES) return `is longer than ${MAX_HEADER_BYTES} bytes`;
  return undefined;
}
