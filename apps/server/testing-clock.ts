import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { conflict, invalid, Refusal, type Instant } from '../../libs/platform/kernel/index.ts';
import { CLOCK, type ManualClock } from '../../libs/platform/runtime/index.ts';
import { passTo } from './pass-to.ts';
import { Work } from './work.ts';

const YEARS_AHEAD = 100;

/** Moves the clock that everything goes by: one call after the other. */
@Injectable()
export class TestingClock implements OnModuleDestroy {
  #stopping = false;
  #moving: Promise<void> = Promise.resolve();

  constructor(
    @Inject(CLOCK) private readonly clock: ManualClock,
    private readonly work: Work,
  ) {}

  onModuleDestroy(): void {
    this.#stopping = true;
  }

  now(): Instant {
    return this.clock.now();
  }

  /**
   * Through every instant at which something is due; resolves when all of it has happened.
   * @throws {Refusal} `invalid` for a time too far ahead, `conflict` for one that has passed by the time it is this call's turn,
   *   `unavailable` when the server is stopped meanwhile: the clock is somewhere on its way.
   */
  async moveTo(now: Instant): Promise<void> {
    const moved = this.#moving.then(() => this.#moveTo(now));
    this.#moving = moved.catch(() => undefined);
    return moved;
  }

  async #moveTo(now: Instant): Promise<void> {
    const present = new Date(this.clock.now());
    if (now < present.getTime())
      throw conflict(`It is ${present.toISOString()} already, and the clock only moves forward.`);
    const latest = new Date(present).setUTCFullYear(present.getUTCFullYear() + YEARS_AHEAD);
    if (now > latest) throw invalid('now', `must be within ${YEARS_AHEAD} years of ${present.toISOString()}`);
    await this.work.begun;
    await passTo(this.clock, now, () => this.#settled());
  }

  async #settled(): Promise<void> {
    if (this.#stopping) throw new Refusal('unavailable', 'The server is being stopped.');
    await this.work.settled();
  }
}
