import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

export type OAuthErrorCode =
  'invalid_request' | 'invalid_client' | 'unsupported_grant_type' | 'invalid_scope' | 'temporarily_unavailable';

const statusOf: Record<OAuthErrorCode, number> = {
  invalid_request: 400,
  invalid_client: 401,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  temporarily_unavailable: 429,
};

/** A refusal of the token endpoint, which answers as RFC 6749 §5.2 says and not with a problem document. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  constructor(
    readonly code: OAuthErrorCode,
    description: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(description);
  }
}

/** What every answer of the token endpoint says, so that nothing on its way keeps a token. */
export const NOT_STORED = { 'Cache-Control': 'no-store', Pragma: 'no-cache' } as const;

export const TOKEN_PATH = '/oauth/token';

/**
 * Answers an error of the token endpoint in its own format; false if the error is of another route, or none the caller is to blame
 * for. A body that cannot be parsed fails before there is a route, so the filter of the whole application has to ask here first.
 */
export function answerTokenError(error: unknown, request: FastifyRequest, reply: FastifyReply): boolean {
  const refusal = oauthErrorOf(error);
  if (!refusal || request.method !== 'POST' || request.url.split('?')[0] !== TOKEN_PATH) return false;
  void reply.status(statusOf[refusal.code]).headers(NOT_STORED);
  if (refusal.code === 'invalid_client')
    void reply.header('WWW-Authenticate', 'Basic realm="carillon", charset="UTF-8"');
  if (refusal.retryAfterSeconds !== undefined) void reply.header('Retry-After', String(refusal.retryAfterSeconds));
  void reply
    .header('Content-Type', 'application/json; charset=utf-8')
    .send(JSON.stringify({ error: refusal.code, error_description: refusal.message }));
  return true;
}

/** Whatever else is wrong with the request itself, such as a body that is no JSON, is an `invalid_request`. */
function oauthErrorOf(error: unknown): OAuthError | undefined {
  if (error instanceof OAuthError) return error;
  const { statusCode, status = statusCode } = (error ?? {}) as { statusCode?: unknown; status?: unknown };
  // Nothing is wrong with a request that reaches a process without an API.
  if (typeof status !== 'number' || status < 400 || status >= 500 || status === 404) return undefined;
  return new OAuthError('invalid_request', 'The body cannot be read; send JSON or application/x-www-form-urlencoded.');
}

@Catch(OAuthError)
export class TokenErrorFilter implements ExceptionFilter {
  catch(error: OAuthError, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerTokenError(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}
