import { Inject, Injectable } from '@nestjs/common';
import type { Authenticator, Principal } from '../../../platform/http/index.ts';
import { RecentlyUsed, Refusal, type Clock } from '../../../platform/kernel/index.ts';
import { CLOCK } from '../../../platform/runtime/index.ts';
import { ResidentApiClients } from '../api-client/resident-api-clients.ts';
import { AccessTokens, type TokenClaims } from '../signing-key/access-tokens.ts';
import { SigningKeys } from '../signing-key/signing-keys.ts';
import { ResidentWorkspaces } from '../workspace/resident-workspaces.ts';

const VERIFIED_TOKENS_KEPT = 10_000;

/** Verifies a signature once a token; whether the client still stands, its scopes and its reach are looked up at every request. */
@Injectable()
export class TokenAuthenticator implements Authenticator {
  readonly #verified = new RecentlyUsed<string, TokenClaims>(VERIFIED_TOKENS_KEPT);

  constructor(
    private readonly tokens: AccessTokens,
    private readonly keys: SigningKeys,
    private readonly clients: ResidentApiClients,
    private readonly workspaces: ResidentWorkspaces,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async authenticate(token: string): Promise<Principal> {
    const claims = await this.#claimsOf(token);
    const client = claims && this.clients.active(claims.clientId);
    if (!client)
      throw new Refusal('unauthenticated', 'The token is not valid, has expired, or its client was revoked.');
    const { clientId, workspaceId } = client;
    const isRoot = this.workspaces.get(workspaceId)?.parentWorkspaceId === null;
    return {
      actor: `client:${clientId}`,
      workspaceId,
      scopes: new Set(client.scopes.filter((scope) => claims.scopes.includes(scope))),
      reaches: (id) => this.workspaces.get(id) !== undefined && (isRoot || this.workspaces.isWithin(id, workspaceId)),
      reach: () => (isRoot ? 'everything' : this.workspaces.subtree(workspaceId)),
    };
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
