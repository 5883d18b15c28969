import { Inject, Injectable } from '@nestjs/common';
import { jwtVerify, SignJWT, type JWTPayload } from 'jose';
import { CONFIG, type Config } from '../../../platform/config/index.ts';
import type { Clock, Ids } from '../../../platform/kernel/index.ts';
import { CLOCK, IDS } from '../../../platform/runtime/index.ts';
import { parseScope } from '../scopes.ts';
import { TOKEN_LIFETIME_SECONDS } from './key-plan.ts';
import { SIGNING_ALGORITHM, SigningKeys } from './signing-keys.ts';

/** What a token says, once it is known to be ours. */
export type TokenClaims = {
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Milliseconds since the epoch, by the Clock. */
  readonly expiresAt: number;
  readonly keyId: string;
};

/** So that no other JWT these keys may come to sign can pass for an access token (RFC 9068 §2.1). */
const TYPE = 'at+jwt';

/** Signs and verifies access tokens, on the Clock's time. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly keys: SigningKeys,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async issue(clientId: string, scopes: readonly string[]): Promise<string> {
    const { keyId, key } = await this.keys.signing();
    const issuedAt = Math.floor(this.clock.now() / 1_000);
    const issuer = this.config.publicUrl || 'carillon';
    return new SignJWT({ client_id: clientId, scope: scopes.join(' ') })
      .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid: keyId, typ: TYPE })
      .setIssuer(issuer)
      .setAudience(issuer)
      .setSubject(clientId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + TOKEN_LIFETIME_SECONDS)
      .setJti(this.ids.uuid())
      .sign(key);
  }

  /**
   * The issuer is not compared: the signature already says that it was this installation, and a token outlives a change of the
   * public URL. `undefined` for a token that is malformed, changed, expired or signed by a key we do not know.
   */
  async verify(token: string): Promise<TokenClaims | undefined> {
    const verified = await jwtVerify(
      token,
      async ({ kid }) => {
        const key = kid === undefined ? undefined : await this.keys.verifying(kid);
        if (!key) throw new UnknownKey();
        return key;
      },
      {
        algorithms: [SIGNING_ALGORITHM],
        typ: TYPE,
        currentDate: new Date(this.clock.now()),
        requiredClaims: ['sub', 'exp', 'scope'],
      },
    ).catch(() => undefined);
    return verified && claimsOf(verified.payload, verified.protectedHeader.kid);
  }
}

class UnknownKey extends Error {}

function claimsOf({ sub, exp, scope }: JWTPayload, keyId: string | undefined): TokenClaims | undefined {
  if (sub === undefined || exp === undefined || typeof scope !== 'string' || keyId === undefined) return undefined;
  return { clientId: sub, scopes: parseScope(scope), expiresAt: exp * 1_000, keyId };
}
