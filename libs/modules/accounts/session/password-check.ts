import { Inject, Injectable } from '@nestjs/common';
import { FailureLimit, matchesHash, networkOf, NO_ONES_HASH } from '../../../platform/credentials/index.ts';
import { Refusal, type Clock } from '../../../platform/kernel/index.ts';
import { CLOCK } from '../../../platform/runtime/index.ts';
import { ResidentUsers } from '../user/resident-users.ts';
import { normalPassword } from '../user/password.ts';
import { canonicalEmail } from '../user/user.decider.ts';
import type { UserDocument } from '../user/users.projection.ts';

const MINUTE = 60_000;
/** By address and e-mail, never by e-mail alone: knowing somebody's address must not be enough to lock them out. */
const PER_ADDRESS_AND_EMAIL = { failures: 10, perMs: 10 * MINUTE };
const PER_ADDRESS = { failures: 100, perMs: MINUTE };

/** Checks a user's password. An address that nobody has takes as long as a wrong password, and is told the same. */
@Injectable()
export class PasswordCheck {
  readonly #ofUser: FailureLimit;
  readonly #ofAddress: FailureLimit;

  constructor(
    private readonly users: ResidentUsers,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#ofUser = new FailureLimit(PER_ADDRESS_AND_EMAIL, clock);
    this.#ofAddress = new FailureLimit(PER_ADDRESS, clock);
  }

  /**
   * The user whose password it is, if they may sign in; undefined for anything else.
   * @throws {Refusal} `too-many` after too many failures from this network address.
   */
  async userOf(email: string, password: string, from: string): Promise<UserDocument | undefined> {
    const address = networkOf(from);
    const addressAndEmail = JSON.stringify([address, canonicalEmail(email)]);
    this.#requireRoom(addressAndEmail, address);
    this.#ofUser.take(addressAndEmail);
    this.#ofAddress.take(address);
    const found = this.users.byEmail(email);
    const user = found?.status === 'active' ? found : undefined;
    const matches = await matchesHash(normalPassword(password), user?.passwordHash ?? NO_ONES_HASH);
    if (!user || !matches) return undefined;
    this.#ofUser.giveBack(addressAndEmail);
    this.#ofAddress.giveBack(address);
    return user;
  }

  #requireRoom(addressAndEmail: string, address: string): void {
    const wait = Math.max(this.#ofUser.wait(addressAndEmail), this.#ofAddress.wait(address));
    if (wait === 0) return;
    const retryAfterSeconds = Math.ceil(wait / 1_000);
    throw new Refusal('too-many', `Too many failures; try again in ${retryAfterSeconds} seconds.`, {
      retryAfterSeconds,
    });
  }
}
