import type { Instant } from '../../../platform/kernel/index.ts';
import type { DeliverySettings } from '../../webhook-configuration/contract.ts';
import type { AttemptOutcome } from '../delivery/delivery.commands.ts';

type Limits = Pick<DeliverySettings, 'concurrency' | 'ratePerSecond' | 'burst' | 'strictOrder'>;

/** A receiver nothing is known of gets a few at first, and more with each success. */
const FIRST_WINDOW = 4;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const LONGEST_RETRY_AFTER_MS = 3_600_000;
const OVERLOADED = [429, 503];
/** Classes of failures in which a receiver costs its full deadline. */
const SLOW = ['timeout', 'connect-timeout', 'dns'];

/** How fast one webhook may be served now: as fast as its settings say, and slower while its receiver is in trouble. */
export class LanePace {
  #limits: Limits;
  #window = FIRST_WINDOW;
  #tokens: number;
  #refilledAt: Instant = 0;
  #pausedUntil: Instant = 0;
  #pause = FIRST_PAUSE_MS;
  /** It timed out or asked for patience, and nothing has succeeded since. */
  troubled = false;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#tokens = limits.burst;
  }

  change(limits: Limits): void {
    this.#limits = limits;
    this.#tokens = Math.min(this.#tokens, limits.burst);
  }

  /** Its burst may be used up. */
  spend(now: Instant): void {
    this.#tokens = 0;
    this.#refilledAt = now;
  }

  /** Nothing is known of the receiver that is there now. */
  moved(): void {
    this.#window = FIRST_WINDOW;
    this.#pausedUntil = 0;
    this.#pause = FIRST_PAUSE_MS;
    this.troubled = false;
  }

  /** The receiver asked for patience until then; long ago if it did not. */
  get pausedUntil(): Instant {
    return this.#pausedUntil;
  }

  /** Attempts it may have in flight. */
  get window(): number {
    return this.#limits.strictOrder ? 1 : Math.min(this.#window, this.#limits.concurrency);
  }

  /** When the next attempt may begin, as far as rate and patience go; not later than `now` if at once. */
  readyAt(now: Instant): Instant {
    const { ratePerSecond } = this.#limits;
    if (ratePerSecond === null) return this.#pausedUntil;
    this.#refill(now, ratePerSecond);
    const missing = Math.max(0, 1 - this.#tokens);
    return Math.max(this.#pausedUntil, missing < 1e-6 ? now : now + Math.ceil((missing / ratePerSecond) * 1_000));
  }

  began(): void {
    if (this.#limits.ratePerSecond !== null) this.#tokens -= 1;
  }

  ended(outcome: AttemptOutcome, now: Instant): void {
    if (outcome.ok) {
      this.troubled = false;
      this.#pause = FIRST_PAUSE_MS;
      this.#window = Math.min(this.#window + 1, this.#limits.concurrency);
      return;
    }
    const { statusCode, errorClass, retryAfterSeconds } = outcome;
    const overloaded = retryAfterSeconds !== undefined || (statusCode !== undefined && OVERLOADED.includes(statusCode));
    if (!overloaded && !SLOW.includes(errorClass)) return;
    this.troubled = true;
    this.#window = Math.max(1, Math.floor(this.window / 2));
    if (overloaded) this.#rest(retryAfterSeconds, now);
  }

  /** Many that end together are one sign of trouble: the pause grows once it is over. */
  #rest(retryAfterSeconds: number | undefined, now: Instant): void {
    const asked = Math.min((retryAfterSeconds ?? 0) * 1_000, LONGEST_RETRY_AFTER_MS);
    const isNew = now >= this.#pausedUntil;
    this.#pausedUntil = Math.max(this.#pausedUntil, now + (asked > 0 || !isNew ? asked : this.#pause));
    if (isNew) this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
  }

  #refill(now: Instant, ratePerSecond: number): void {
    const passed = Math.max(0, now - this.#refilledAt);
    this.#tokens = Math.min(this.#limits.burst, this.#tokens + (passed * ratePerSecond) / 1_000);
    this.#refilledAt = now;
  }
}
