import { errorDescriptions, type ErrorClass } from './outbound-answer.ts';

export type Failure = { readonly errorClass: ErrorClass; readonly message: string; readonly address?: string };

const failure = (errorClass: ErrorClass, message: string = errorDescriptions[errorClass]): Failure => ({
  errorClass,
  message,
});

const CERTIFICATE_EXPIRED = failure('tls', "The receiver's certificate has expired.");
const CERTIFICATE_SELF_SIGNED = failure('tls', "The receiver's certificate is self-signed.");
const CERTIFICATE_UNKNOWN_ISSUER = failure('tls', "The receiver's certificate is not issued by a trusted authority.");
const RESET = failure('connection-lost', 'The receiver closed the connection before the answer was complete.');
const UNREACHABLE = failure('connect-refused', 'There is no network route to the receiver.');
const INVALID_ANSWER = failure('protocol', 'The answer is not valid HTTP.');
const NOT_SENDABLE = failure('protocol', 'The request could not be sent with the configured headers.');

/** By `code` of errors of Node, OpenSSL and undici. Their texts are not shown: some repeat names and values. */
const BY_CODE: Readonly<Record<string, Failure>> = {
  ECONNREFUSED: failure('connect-refused', 'The receiver refused the connection.'),
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  EHOSTDOWN: UNREACHABLE,
  ENETDOWN: UNREACHABLE,
  EADDRNOTAVAIL: UNREACHABLE,
  EACCES: UNREACHABLE,
  EPERM: UNREACHABLE,

  CERT_HAS_EXPIRED: CERTIFICATE_EXPIRED,
  CERT_NOT_YET_VALID: failure('tls', "The receiver's certificate is not valid yet."),
  DEPTH_ZERO_SELF_SIGNED_CERT: CERTIFICATE_SELF_SIGNED,
  SELF_SIGNED_CERT_IN_CHAIN: CERTIFICATE_UNKNOWN_ISSUER,
  UNABLE_TO_GET_ISSUER_CERT: CERTIFICATE_UNKNOWN_ISSUER,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: CERTIFICATE_UNKNOWN_ISSUER,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: CERTIFICATE_UNKNOWN_ISSUER,
  ERR_TLS_CERT_ALTNAME_INVALID: failure('tls', "The receiver's certificate is for another host name."),
  EPROTO: failure('tls', 'The receiver does not speak TLS that this client accepts.'),

  ECONNRESET: RESET,
  EPIPE: RESET,
  ETIMEDOUT: failure('connection-lost', 'The receiver stopped acknowledging data.'),
  UND_ERR_SOCKET: RESET,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: RESET,

  UND_ERR_HEADERS_OVERFLOW: failure('protocol', "The answer's headers are too large."),
  UND_ERR_INVALID_ARG: NOT_SENDABLE,
  UND_ERR_NOT_SUPPORTED: NOT_SENDABLE,
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: NOT_SENDABLE,
};

const NAME_NOT_FOUND = failure('dns', 'The host name does not exist.');
const NAME_SERVICE_SILENT = failure('dns', 'The name service did not answer.');
const DNS_BY_CODE: Readonly<Record<string, Failure>> = {
  ENOTFOUND: NAME_NOT_FOUND,
  ENODATA: NAME_NOT_FOUND,
  EAI_AGAIN: NAME_SERVICE_SILENT,
  ETIMEOUT: NAME_SERVICE_SILENT,
  ESERVFAIL: failure('dns', "The name service could not reach the host name's own."),
};

// Asked without `instanceof`: an error may come from another realm.
const property = (error: unknown, name: 'code' | 'name' | 'message' | 'errors'): unknown =>
  typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : undefined;
const codeOf = (error: unknown): string => {
  const code = property(error, 'code');
  return typeof code === 'string' ? code : '';
};

export const dnsFailure = (error: unknown): Failure => DNS_BY_CODE[codeOf(error)] ?? failure('dns');

/** What a connection attempt failed with, before any request was on it. */
export class ConnectFailure extends Error {
  override readonly name = 'ConnectFailure';
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** Puts an error of the network, of TLS or of undici into one of our classes. */
export function classify(error: unknown, phase: 'connecting' | 'exchanging', secure: boolean): Failure {
  if (error instanceof ConnectFailure) return error.failure;
  // Several addresses were tried; they rarely fail in different ways, and the first is the preferred one.
  const several = property(error, 'errors');
  if (Array.isArray(several) && several.length > 0) return classify(several[0], phase, secure);
  const code = codeOf(error);
  if (phase === 'connecting') {
    if (code === 'ETIMEDOUT') return failure('connect-timeout');
    if (secure && code === 'ECONNRESET') {
      return failure('tls', 'The receiver closed the connection during the TLS handshake.');
    }
  }
  const message = String(property(error, 'message'));
  // undici's word for an answer that nobody asked for, such as 101.
  if (code === 'UND_ERR_SOCKET' && message.startsWith('bad ')) return INVALID_ANSWER;
  const known = BY_CODE[code];
  if (known !== undefined) return known;
  // Parser errors carry no code; an answer that stops half-way is one of them, told by its text alone.
  if (property(error, 'name') === 'HTTPParserError') return message.includes('EOF') ? RESET : INVALID_ANSWER;
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) return failure('tls');
  return secure && phase === 'connecting' ? failure('tls') : failure('connection-lost');
}
