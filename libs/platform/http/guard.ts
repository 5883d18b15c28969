import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../kernel/index.ts';
import { basicCredentials, basicToken, bearerToken } from './authorization.ts';
import { requestOf, type Principal } from './principal.ts';
import { SCOPE, TAKES_BASIC, type ScopeName } from './route.ts';
import { refuseCrossSite, requireConsoleHeader, SESSION_COOKIE } from './session-cookie.ts';

/** Turns what a request brings into a principal, as of now. Identity implements it. */
export interface Authenticator {
  /** @throws {Refusal} `unauthenticated` for a token that is malformed, expired, of a revoked client or not ours. */
  authenticate(token: string): Promise<Principal>;
  /**
   * The client itself, with all that it may do.
   * @throws {Refusal} `unauthenticated` for a client that is unknown or revoked, or a secret that is not its own; `unavailable`
   * after too many failures from this address.
   */
  authenticateClient(clientId: string, secret: string, address: string): Promise<Principal>;
}
export const AUTHENTICATOR = Symbol('Authenticator');

/** Turns the cookie of a session into a principal, as of now. */
export interface SessionAuthenticator {
  /** @throws {Refusal} `unauthenticated` for a session that is unknown or over, or whose user is gone. */
  authenticate(cookie: string): Promise<Principal>;
}
export const SESSION_AUTHENTICATOR = Symbol('SessionAuthenticator');

/** Deny by default: a route without a declared scope answers nobody. */
@Injectable()
export class ScopeGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    @Inject(SESSION_AUTHENTICATOR) private readonly sessions: SessionAuthenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const scope = this.reflector.get<ScopeName | undefined>(SCOPE, context.getHandler());
    if (scope === 'public') return true;
    const request = requestOf(context);
    request.takesBasic = this.reflector.get<boolean | undefined>(TAKES_BASIC, context.getHandler()) === true;
    const authenticate = this.#authentication(request, scope);
    request.callerNow = async () => allowed(await authenticate(), scope);
    request.principal = await request.callerNow();
    return true;
  }

  #authentication(request: FastifyRequest, scope: ScopeName | undefined): () => Promise<Principal> {
    const { headers, ip, takesBasic, cookies } = request;
    const cookie = cookies[SESSION_COOKIE];
    // Whoever sends both means the header: a browser adds cookies by itself.
    if (headers.authorization === undefined && cookie !== undefined) {
      refuseCrossSite(request);
      requireConsoleHeader(request);
      return () => this.sessions.authenticate(cookie);
    }
    if (scope === 'session') throw new Refusal('unauthenticated', 'A session is required: sign in.');
    const token = bearerToken(headers.authorization);
    if (token !== undefined) return () => this.authenticator.authenticate(token);
    if (!takesBasic) throw new Refusal('unauthenticated', 'A bearer token is required.');
    const credentials = basicCredentials(basicToken(headers.authorization) ?? '');
    if (!credentials) {
      throw new Refusal('unauthenticated', 'A bearer token, or the id and secret of a client, is required.');
    }
    return () => this.authenticator.authenticateClient(credentials.id, credentials.secret, ip);
  }
}

function allowed(principal: Principal, scope: ScopeName | undefined): Principal {
  if (scope === 'session' || (scope !== undefined && principal.scopes.has(scope))) return principal;
  throw new Refusal('forbidden', `The caller lacks the scope ${scope ?? 'of this route'}.`);
}
