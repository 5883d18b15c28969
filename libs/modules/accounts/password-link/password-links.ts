import { Inject, Injectable } from '@nestjs/common';
import { tokenHash } from '../../../platform/credentials/index.ts';
import { Refusal, type Ids, type Instant, type Sealed } from '../../../platform/kernel/index.ts';
import { IDS } from '../../../platform/runtime/index.ts';
import { SEALING_KEY, type SealingKey } from '../../../platform/sealing/index.ts';
import { ResidentUsers } from '../user/resident-users.ts';
import type { InviteUser } from '../user/user.commands.ts';
import { LINK_IS_VOID, opensWith, type PasswordLink } from '../user/user.decider.ts';
import type { PasswordLinkPurpose } from '../user/user.events.ts';
import type { UserDocument } from '../user/users.projection.ts';

const HOUR = 60 * 60_000;
const LIFETIME_MS: Readonly<Record<PasswordLinkPurpose, number>> = { invitation: 7 * 24 * HOUR, reset: HOUR };

const contextOf = (linkId: string): string => `passwordLink:${linkId}:token`;

export type Opened = { readonly user: UserDocument; readonly link: PasswordLink; readonly tokenHash: string };

/** The links with which passwords are set. Their tokens are in mails, and sealed in the events that owe these. */
@Injectable()
export class PasswordLinks {
  constructor(
    private readonly users: ResidentUsers,
    @Inject(SEALING_KEY) private readonly sealing: SealingKey,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** `<user id>.<43 unguessable characters>`: the first part finds the user, the hash of the whole is compared. */
  make(userId: string, purpose: PasswordLinkPurpose, at: Instant): InviteUser['data']['link'] {
    const linkId = this.ids.uuid();
    const token = `${userId}.${this.ids.token(43)}`;
    const sealed = this.sealing.seal(token, contextOf(linkId));
    return { linkId, tokenHash: tokenHash(token), token: sealed, expiresAt: at + LIFETIME_MS[purpose] };
  }

  /** The token, for the mail. */
  tokenOf(linkId: string, sealed: Sealed): string {
    return this.sealing.open(sealed, contextOf(linkId));
  }

  /**
   * Whose link this is.
   * @throws {Refusal} `not-found` for a token that never was one, and for one that is none any more.
   */
  async open(token: string, at: Instant): Promise<Opened> {
    await this.users.caughtUp();
    const user = this.users.get(token.slice(0, Math.max(0, token.indexOf('.'))));
    const hash = tokenHash(token);
    if (!user?.passwordLink || !opensWith(user.passwordLink, hash, at)) throw new Refusal('not-found', LINK_IS_VOID);
    return { user, link: user.passwordLink, tokenHash: hash };
  }
}
