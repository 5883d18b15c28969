import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Refusal } from '../kernel/index.ts';
import { requestOf, type Principal } from './principal.ts';
import { SCOPE, type ScopeName } from './route.ts';

/** Turns a bearer token into a principal, as of now. Identity implements it. */
export interface Authenticator {
  /** @throws {Refusal} `unauthenticated` for a token that is malformed, expired, of a revoked client or not ours. */
  authenticate(token: string): Promise<Principal>;
}
export const AUTHENTICATOR = Symbol('Authenticator');

/** Deny by default: a route without a declared scope answers nobody. */
@Injectable()
export class ScopeGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const scope = this.reflector.get<ScopeName | undefined>(SCOPE, context.getHandler());
    if (scope === 'public') return true;
    const request = requestOf(context);
    const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw new Refusal('unauthenticated', 'A bearer token is required.');
    request.callerNow = () => this.#callerOf(token, scope);
    request.principal = await request.callerNow();
    return true;
  }

  async #callerOf(token: string, scope: ScopeName | undefined): Promise<Principal> {
    const principal = await this.authenticator.authenticate(token);
    if (scope === undefined || !principal.scopes.has(scope)) {
      throw new Refusal('forbidden', `The token lacks the scope ${scope ?? 'of this route'}.`);
    }
    return principal;
  }
}
