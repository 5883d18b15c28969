import type { EventStore } from '../../../platform/event-store/index.ts';
import type { Clock, Instant, Position } from '../../../platform/kernel/index.ts';
import { Follower, type Projections } from '../../../platform/processing/index.ts';
import type { Logger } from '../../../platform/runtime/index.ts';
import { ChangeSet } from './change-set.ts';
import { CATEGORIES, type AnyEvent } from './changes-of.ts';

const EVERY_MS = 500;
/** Documents that take longer are told of all the same, and once more when they are there. */
const LONGEST_WAIT_MS = 2_000;

export type ChangeFollowing = {
  readonly store: EventStore;
  readonly projections: Pick<Projections, 'reached'>;
  readonly logger: Logger;
  readonly pace: Clock;
  /** Must not reject. */
  readonly tell: (changes: ChangeSet) => Promise<void>;
};

/**
 * Follows the store from its head, and tells what has changed: merged, at most every 500 ms, and once what is read has it. Since all
 * who listen are told of one set, what comes in is looked at once, however many they are.
 */
export class ChangeFollower {
  #pending = new ChangeSet();
  #asked = false;
  #cancel: () => void = () => undefined;
  #lastAt: Instant = -Infinity;
  #stopped = false;
  readonly #follower: Follower;

  private constructor(
    private readonly parts: ChangeFollowing,
    private told: Position,
  ) {
    this.#follower = new Follower(parts.store, parts.logger, {
      name: 'live-changes',
      categories: CATEGORIES,
      after: told,
      handle: async ({ events }) => {
        for (const event of events) this.#pending.add(event as AnyEvent);
        this.#ask();
      },
    });
  }

  /** Resolves when what is read has all that will not be told of, or does not get there in time. */
  static async start(parts: ChangeFollowing): Promise<ChangeFollower> {
    const head = await parts.store.head();
    const follower = new ChangeFollower(parts, head);
    await parts.projections.reached(new Map(CATEGORIES.map((category) => [category, head])), LONGEST_WAIT_MS);
    follower.#follower.start();
    return follower;
  }

  /** Whoever listens from now on is told of all that comes after. */
  get position(): Position {
    return this.told;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#follower.stop();
  }

  #ask(): void {
    if (this.#asked || this.#stopped || this.#pending.isEmpty) return;
    this.#asked = true;
    const at = Math.max(this.parts.pace.now(), this.#lastAt + EVERY_MS);
    this.#cancel = this.parts.pace.at(at, () => void this.#tell());
  }

  async #tell(): Promise<void> {
    const changes = this.#pending;
    this.#pending = new ChangeSet();
    const reached = await this.parts.projections.reached(changes.positions, LONGEST_WAIT_MS);
    if (this.#stopped) return;
    this.told = Math.max(this.told, changes.position);
    await this.parts.tell(changes);
    this.#lastAt = this.parts.pace.now();
    if (!reached) this.#pending.absorb(changes);
    this.#asked = false;
    this.#ask();
  }
}
