import { ApiProblem } from '../api/problem.ts';

export type ProblemWords = { readonly headline: string; readonly detail: string; readonly traceId: string | null };

const headlines: Readonly<Record<number, string>> = {
  0: 'The server cannot be reached',
  400: 'Something in the request is not right',
  401: 'You are signed out',
  403: 'You may not do this',
  404: 'This was not found',
  409: 'Somebody was faster',
  412: 'It was changed elsewhere',
  413: 'This is too large',
  429: 'Too many requests',
  503: 'The server is busy',
};

/** Any failure, for people. */
export function problemInWords(error: unknown): ProblemWords {
  if (!(error instanceof ApiProblem)) {
    return {
      headline: 'Something went wrong',
      detail: 'The page ran into an error. Reload it to go on.',
      traceId: null,
    };
  }
  return {
    headline: headlines[error.status] ?? 'Something went wrong',
    detail: [error.detail, fieldsOf(error), waitOf(error)].filter(Boolean).join(' '),
    traceId: error.traceId,
  };
}

const fieldsOf = ({ errors }: ApiProblem): string =>
  errors.length === 0 ? '' : `${errors.map(({ field, message }) => `${field}: ${message}`).join('; ')}.`;

const waitOf = ({ retryAfter, status }: ApiProblem): string =>
  retryAfter === null || (status !== 429 && status !== 503) ? '' : `Try again in ${retryAfter} s.`;
