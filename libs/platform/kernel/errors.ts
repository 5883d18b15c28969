/** What kind of refusal this is. `libs/platform/http/problem.ts` has the one table from kind to HTTP status. */
export type RefusalKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'precondition-failed'
  | 'too-large'
  | 'too-many'
  | 'unavailable';

/** `field` is a path into the request, such as `headers.X-Request-ID` or `triggers[0]`. */
export type FieldError = { readonly field: string; readonly message: string };

/** A rule that says no. Thrown before any event is built, so a refused command leaves nothing behind. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly kind: RefusalKind,
    message: string,
    details: { errors?: readonly FieldError[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.errors = details.errors ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

export const invalid = (field: string, message: string): Refusal =>
  new Refusal('invalid', `${field}: ${message}`, { errors: [{ field, message }] });
export const notFound = (what: string): Refusal => new Refusal('not-found', `${what} does not exist.`);
export const conflict = (message: string): Refusal => new Refusal('conflict', message);
