/** Whose fault a failed request is, and where on the way it happened. */
export type ErrorClass =
  | 'invalid-url'
  | 'dns'
  | 'refused-address'
  | 'connect-refused'
  | 'connect-timeout'
  | 'timeout'
  | 'tls'
  | 'connection-lost'
  | 'protocol';

/** One sentence per class, for people who read a delivery's attempts. */
export const errorDescriptions: Readonly<Record<ErrorClass, string>> = {
  'invalid-url': 'The URL cannot be used.',
  dns: 'The host name could not be resolved.',
  'refused-address': 'The address is not one this installation may send to.',
  'connect-refused': 'The receiver did not accept the connection.',
  'connect-timeout': 'The receiver did not accept the connection in time.',
  timeout: 'The receiver did not answer completely in time.',
  tls: 'No trusted TLS connection could be made.',
  'connection-lost': 'The connection broke before the answer was complete.',
  protocol: 'The exchange was not valid HTTP.',
};

export type OutboundRequest = {
  readonly url: string;
  /** Sent as given; `Host`, `Connection` and `Content-Length` are added where absent. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
  /** Ends the request early; `post` then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
};

export type OutboundAnswered = {
  readonly kind: 'answered';
  /** Any final status, a redirect's included. */
  readonly statusCode: number;
  /** The `Retry-After` header as received. */
  readonly retryAfter?: string;
  /** The beginning of the body as text; bytes that are not UTF-8, and NUL, become U+FFFD. */
  readonly answer: string;
  /** The body was longer than `answer`. */
  readonly answerTruncated: boolean;
  /** The IP address that was connected to. */
  readonly address: string;
  readonly durationMs: number;
};

export type OutboundFailed = {
  readonly kind: 'failed';
  readonly errorClass: ErrorClass;
  /** Plain words; never a header value, a part of the body or the URL. */
  readonly message: string;
  /** The IP address that was tried, or refused, where it came to that. */
  readonly address?: string;
  readonly durationMs: number;
};

export type OutboundAnswer = OutboundAnswered | OutboundFailed;

/** A target that is refused before anything is sent. */
export class OutboundRefused extends Error {
  override readonly name = 'OutboundRefused';
  constructor(
    readonly errorClass: ErrorClass,
    message: string,
  ) {
    super(message);
  }
}
