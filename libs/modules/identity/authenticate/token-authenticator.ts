import { Inject, Injectable } from '@nestjs/common';
import type { Authenticator, Principal } from '../../../platform/http/index.ts';
import { RecentlyUsed, Refusal, type Clock } from '../../../platform/kernel/index.ts';
import { CLOCK } from '../../../platform/runtime/index.ts';
import type { ApiClientDocument } from '../api-client/api-clients.projection.ts';
import { ResidentApiClients } from '../api-client/resident-api-clients.ts';
import { ClientAuthentication } from '../request-token/client-authentication.ts';
import { OAuthError } from '../request-token/oauth-error.ts';
import { widened } from '../scopes.ts';
import { AccessTokens, type TokenClaims } from '../signing-key/access-tokens.ts';
import { SigningKeys } from '../signing-key/signing-keys.ts';
import { reachFrom } from '../workspace/reach.ts';
import { ResidentWorkspaces } from '../workspace/resident-workspaces.ts';

const VERIFIED_TOKENS_KEPT = 10_000;

/**
 * Verifies a signature, or a secret, once; whether the client still stands, its scopes and its reach are looked up at every request.
 */
@Injectable()
export class TokenAuthenticator implements Authenticator {
  readonly #verified = new RecentlyUsed<string, TokenClaims>(VERIFIED_TOKENS_KEPT);
  readonly #scopes = new WeakMap<
    TokenClaims,
    { readonly has: readonly string[]; readonly scopes: ReadonlySet<string> }
  >();

  constructor(
    private readonly tokens: AccessTokens,
    private readonly keys: SigningKeys,
    private readonly clients: ResidentApiClients,
    private readonly secrets: ClientAuthentication,
    private readonly workspaces: ResidentWorkspaces,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async authenticate(token: string): Promise<Principal> {
    const claims = await this.#claimsOf(token);
    const client = claims && this.clients.active(claims.clientId);
    if (!client)
      throw new Refusal('unauthenticated', 'The token is not valid, has expired, or its client was revoked.');
    return this.#principalOf(client, this.#scopesOf(claims, client.scopes));
  }

  async authenticateClient(clientId: string, secret: string, address: string): Promise<Principal> {
    const client = await this.secrets.authenticate(clientId, secret, address).catch((error: unknown) => {
      throw error instanceof OAuthError ? refusalOf(error) : error;
    });
    return this.#principalOf(client, widened(client.scopes));
  }

  #principalOf({ clientId, workspaceId }: ApiClientDocument, scopes: ReadonlySet<string>): Principal {
    return { actor: `client:${clientId}`, workspaceId, scopes, ...reachFrom(this.workspaces, workspaceId) };
  }

  /** What the token was given, of what the client has now. Worked out again when either is another list. */
  #scopesOf(claims: TokenClaims, has: readonly string[]): ReadonlySet<string> {
    const known = this.#scopes.get(claims);
    if (known?.has === has) return known.scopes;
    const held = widened(has);
    const scopes = new Set([...widened(claims.scopes)].filter((scope) => held.has(scope)));
    this.#scopes.set(claims, { has, scopes });
    return scopes;
  }

  async #claimsOf(token: string): Promise<TokenClaims | undefined> {
    const known = this.#verified.get(token);
    if (known && known.expiresAt > this.clock.now() && (await this.keys.verifying(known.keyId))) return known;
    const claims = await this.tokens.verify(token);
    if (claims) this.#verified.set(token, claims);
    else this.#verified.delete(token);
    return claims;
  }
}

const refusalOf = ({ code, message, retryAfterSeconds }: OAuthError): Refusal =>
  code === 'temporarily_unavailable'
    ? new Refusal('unavailable', message, { retryAfterSeconds })
    : new Refusal('unauthenticated', message);
