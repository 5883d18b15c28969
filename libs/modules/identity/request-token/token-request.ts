import { basicCredentials, basicToken } from '../../../platform/http/index.ts';
import { parseScope } from '../scopes.ts';
import { OAuthError } from './oauth-error.ts';

export type TokenRequest = {
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the token is to be narrowed to; `undefined` is everything the client may do. */
  readonly scopes: readonly string[] | undefined;
};

export type RawTokenRequest = {
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: unknown;
};

const LONGEST_PARAMETER = 1_024;

/**
 * Reads a client credentials request (RFC 6749 §4.4.2) from JSON or a form, the client's credentials from the body or from HTTP
 * Basic. A parameter that is empty counts as absent (§3.2), and one we do not know is ignored.
 * @throws {OAuthError}
 */
export function readTokenRequest(raw: RawTokenRequest, publicUrl: string): TokenRequest {
  const { body } = raw;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new OAuthError('invalid_request', 'A JSON object or a form is required.');
  }
  const parameters = body as Record<string, unknown>;
  checkGrantType(parameterOf(parameters, 'grant_type'));
  const isForm = raw.contentType?.toLowerCase().startsWith('application/x-www-form-urlencoded') ?? false;
  if (parameters['audience'] === undefined && !isForm) {
    throw new OAuthError('invalid_request', 'audience is required; it may be empty.');
  }
  checkAudience(parameterOf(parameters, 'audience'), publicUrl);
  const scope = parameterOf(parameters, 'scope');
  return {
    ...credentialsOf(parameters, raw.authorization),
    scopes: scope === undefined ? undefined : parseScope(scope),
  };
}

function parameterOf(parameters: Record<string, unknown>, name: string): string | undefined {
  const value = parameters[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw new OAuthError('invalid_request', `${name} must be a string, given once.`);
  if (value.length > LONGEST_PARAMETER) throw new OAuthError('invalid_request', `${name} is too long.`);
  return value;
}

function checkGrantType(grantType: string | undefined): void {
  if (grantType === undefined) throw new OAuthError('invalid_request', 'grant_type is required.');
  if (grantType !== 'client_credentials') {
    throw new OAuthError('unsupported_grant_type', 'grant_type must be client_credentials.');
  }
}

function checkAudience(audience: string | undefined, publicUrl: string): void {
  if (audience === undefined) return;
  if (publicUrl === '' || audience.replace(/\/+$/, '') !== publicUrl) {
    throw new OAuthError('invalid_request', 'audience must be empty or the public URL of this server.');
  }
}

type Credentials = Pick<TokenRequest, 'clientId' | 'clientSecret'>;

function credentialsOf(parameters: Record<string, unknown>, authorization: string | undefined): Credentials {
  const clientId = parameterOf(parameters, 'client_id');
  const clientSecret = parameterOf(parameters, 'client_secret');
  const encoded = basicToken(authorization);
  if (encoded === undefined) {
    if (clientId === undefined) throw new OAuthError('invalid_request', 'client_id is required.');
    if (clientSecret === undefined) throw new OAuthError('invalid_request', 'client_secret is required.');
    return { clientId, clientSecret };
  }
  const basic = decoded(encoded);
  if (clientSecret !== undefined || (clientId !== undefined && clientId !== basic.clientId)) {
    throw new OAuthError('invalid_request', 'The client must authenticate in one way only.');
  }
  return basic;
}

function decoded(encoded: string): Credentials {
  const credentials = basicCredentials(encoded);
  if (!credentials) throw new OAuthError('invalid_client', 'The Basic credentials cannot be read.');
  return { clientId: percentDecoded(credentials.id), clientSecret: percentDecoded(credentials.secret) };
}

/** Both halves are form-encoded (RFC 6749 §2.3.1), yet many clients send them as they are: so `+` stays, and so does a lone `%`. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
