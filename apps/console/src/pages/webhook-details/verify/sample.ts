/**
 * What a signature covers: `standard` id, time and body (Standard Webhooks); `hook-id` the id alone; `body` the body alone, as in the
 * location dialect.
 */
export type Scheme = 'standard' | 'hook-id' | 'body';

/** The headers of one webhook that are not the same everywhere. */
export type HeaderNames = {
  /** Such as `X-Coro-Hook-Id`. */
  readonly hookId: string;
  /** The header with one signature: `X-Coro-Signature`, or the location's. */
  readonly signature: string;
};

export type Language = {
  readonly id: 'node' | 'python' | 'go' | 'java' | 'csharp' | 'php' | 'ruby';
  readonly label: string;
  /** A whole file. It reads the secret from `WEBHOOK_SECRET`, so that it can be checked in. */
  readonly code: (scheme: Scheme, names: HeaderNames) => string;
};
