export type FieldError = { readonly field: string; readonly message: string };

export type ProblemParts = {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly title: string;
  /** One sentence for people. */
  readonly detail: string;
  readonly traceId: string | null;
  readonly errors: readonly FieldError[];
  /** Seconds after which it may be tried again. */
  readonly retryAfter: number | null;
};

/** What a request was refused with (RFC 9457), or that it got no answer. */
export class ApiProblem extends Error implements ProblemParts {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly traceId: string | null;
  readonly errors: readonly FieldError[];
  readonly retryAfter: number | null;

  constructor(parts: ProblemParts) {
    super(parts.detail);
    this.status = parts.status;
    this.title = parts.title;
    this.detail = parts.detail;
    this.traceId = parts.traceId;
    this.errors = parts.errors;
    this.retryAfter = parts.retryAfter;
  }

  /** What is wrong with this field, or undefined. */
  messageOf(field: string): string | undefined {
    return this.errors.find((error) => error.field === field)?.message;
  }
}

/** Of an answer that is no success. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  return new ApiProblem(
    partsOf(response.status, await jsonOf(response), {
      retryAfter: response.headers.get('Retry-After'),
      traceId: response.headers.get('X-Coro-Trace-Id'),
    }),
  );
}

/** Of a request without an answer: aborted ones stay what they are. */
export function problemOfNetwork(error: unknown): Error {
  if (error instanceof DOMException && error.name === 'AbortError') return error;
  return new ApiProblem({
    status: 0,
    title: 'No answer',
    detail: 'The server cannot be reached. Check the connection and try again.',
    traceId: null,
    errors: [],
    retryAfter: null,
  });
}

/** Reads a problem document; whatever it lacks is filled in from the status. */
export function partsOf(
  status: number,
  body: unknown,
  headers: { retryAfter: string | null; traceId: string | null },
): ProblemParts {
  const said = isRecord(body) ? body : {};
  const title = textOf(said['title']) ?? `Error ${status}`;
  return {
    status,
    title,
    detail: textOf(said['detail']) ?? (status >= 500 ? 'Something went wrong on our side.' : title),
    traceId: textOf(said['traceId']) ?? headers.traceId,
    errors: Array.isArray(said['errors']) ? said['errors'].filter(isFieldError) : [],
    retryAfter: secondsOf(headers.retryAfter),
  };
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.clone().json();
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const isFieldError = (value: unknown): value is FieldError =>
  isRecord(value) && typeof value['field'] === 'string' && typeof value['message'] === 'string';

function secondsOf(header: string | null): number | null {
  const seconds = Number(header);
  return header !== null && header !== '' && Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : null;
}
