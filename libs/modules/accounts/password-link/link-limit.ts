import { Inject, Injectable } from '@nestjs/common';
import { FailureLimit, networkOf } from '../../../platform/credentials/index.ts';
import { Refusal, type Clock } from '../../../platform/kernel/index.ts';
import { CLOCK } from '../../../platform/runtime/index.ts';
import { canonicalEmail } from '../user/user.decider.ts';

const HOUR = 60 * 60_000;
const PER_EMAIL = { failures: 5, perMs: HOUR };
const INVITATIONS_PER_EMAIL = { failures: 5, perMs: HOUR };
const PER_ADDRESS = { failures: 30, perMs: HOUR };

/** How often links may be mailed to an e-mail address, whether or not anybody has it, and asked for from a network address. */
@Injectable()
export class LinkLimit {
  readonly #ofEmail: FailureLimit;
  readonly #ofAddress: FailureLimit;
  readonly #ofInvited: FailureLimit;

  constructor(@Inject(CLOCK) clock: Clock) {
    this.#ofEmail = new FailureLimit(PER_EMAIL, clock);
    this.#ofAddress = new FailureLimit(PER_ADDRESS, clock);
    this.#ofInvited = new FailureLimit(INVITATIONS_PER_EMAIL, clock);
  }

  /** @throws {Refusal} `too-many` when it was asked for too often, for this e-mail address or from this network address. */
  take(email: string, from: string): void {
    takeAll([
      [this.#ofEmail, canonicalEmail(email)],
      [this.#ofAddress, networkOf(from)],
    ]);
  }

  /** @throws {Refusal} `too-many` when this e-mail address was invited too often, by whomever. */
  takeInvitation(email: string): void {
    takeAll([[this.#ofInvited, canonicalEmail(email)]]);
  }
}

function takeAll(limits: readonly (readonly [FailureLimit, string])[]): void {
  const wait = Math.max(...limits.map(([limit, key]) => limit.wait(key)));
  if (wait > 0) {
    const retryAfterSeconds = Math.ceil(wait / 1_000);
    throw new Refusal('too-many', `Too many links were asked for; try again in ${retryAfterSeconds} seconds.`, {
      retryAfterSeconds,
    });
  }
  for (const [limit, key] of limits) limit.take(key);
}
