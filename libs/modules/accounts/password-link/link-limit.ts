import { Inject, Injectable } from '@nestjs/common';
import { FailureLimit, networkOf } from '../../../platform/credentials/index.ts';
import { Refusal, type Clock } from '../../../platform/kernel/index.ts';
import { CLOCK } from '../../../platform/runtime/index.ts';
import { canonicalEmail } from '../user/user.decider.ts';

const HOUR = 60 * 60_000;
const PER_EMAIL = { failures: 5, perMs: HOUR };
const PER_ADDRESS = { failures: 30, perMs: HOUR };

/** How often links may be asked for, whether or not anybody has the e-mail address. */
@Injectable()
export class LinkLimit {
  readonly #ofEmail: FailureLimit;
  readonly #ofAddress: FailureLimit;

  constructor(@Inject(CLOCK) clock: Clock) {
    this.#ofEmail = new FailureLimit(PER_EMAIL, clock);
    this.#ofAddress = new FailureLimit(PER_ADDRESS, clock);
  }

  /** @throws {Refusal} `too-many` when it was asked for too often, for this e-mail address or from this network address. */
  take(email: string, from: string): void {
    const address = networkOf(from);
    const key = canonicalEmail(email);
    const wait = Math.max(this.#ofEmail.wait(key), this.#ofAddress.wait(address));
    if (wait > 0) {
      const retryAfterSeconds = Math.ceil(wait / 1_000);
      throw new Refusal('too-many', `Too many links were asked for; try again in ${retryAfterSeconds} seconds.`, {
        retryAfterSeconds,
      });
    }
    this.#ofEmail.take(key);
    this.#ofAddress.take(address);
  }
}
