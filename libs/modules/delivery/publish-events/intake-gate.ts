import { statfs } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../../../platform/config/index.ts';
import type { EventStore } from '../../../platform/event-store/index.ts';
import { Refusal, START, type Position } from '../../../platform/kernel/index.ts';
import type { Sagas } from '../../../platform/processing/index.ts';
import { fanOut } from '../fan-out/fan-out.saga.ts';

/** What the gate looks at. */
export type Readings = {
  /** Milliseconds of a clock that only ever runs forward. */
  readonly now: () => number;
  /** Appends that were called and are not durable yet. */
  readonly waiting: () => number;
  /** Up to here it is decided who is owed what, as far as it is known; `undefined` while nobody is known to decide it. */
  readonly fannedOut: () => Position | undefined;
  /** Finds out how far it is where that is decided in another process. */
  readonly lookAtFanOut: () => Promise<void>;
  /** Bytes free where the data is. */
  readonly freeDisk: () => Promise<number>;
};

const MOST_WAITING = 5_000;
/** How long an event may wait to be fanned out, and a request to become durable. */
const LONGEST_MS = 5_000;
/** Own appends are noted together for this long: that much an age may be overrated. */
const SLOT_MS = 250;
/** A request waits no longer to learn how far fan-out is. */
const LONGEST_LOOK_MS = 1_000;
const DISK_FRESH_MS = 1_000;
/** A reading this old says nothing any more: the next one is waited for. */
const DISK_STALE_MS = 5_000;

const busy = (message: string, retryAfterSeconds: number) => new Refusal('unavailable', message, { retryAfterSeconds });

/** Refuses events that the installation cannot keep up with, before any is taken. What is owed to receivers is no reason to. */
export class IntakeGate {
  readonly #slots: { readonly since: number; upTo: Position }[] = [];
  readonly #underWay = new Set<{ readonly since: number }>();
  #lastTookMs = 0;
  #freeDisk = Infinity;
  #diskReadAt = -Infinity;
  #diskReading: Promise<void> | undefined;
  #looking: Promise<void> | undefined;

  /** @param minFreeDisk in bytes; 0 leaves the disk out. */
  constructor(
    private readonly readings: Readings,
    private readonly minFreeDisk: number,
  ) {}

  /**
   * Takes events in, if now is the time to. A request that does several things one after the other says when each is done.
   * @throws {Refusal} `unavailable`, with the seconds to wait.
   */
  async admit<T>(take: (done: () => void) => Promise<T>): Promise<T> {
    await this.ask();
    const taking = { since: this.readings.now(), longest: 0 };
    const done = () => {
      const now = this.readings.now();
      taking.longest = Math.max(taking.longest, now - taking.since);
      taking.since = now;
    };
    this.#underWay.add(taking);
    try {
      return await take(done);
    } finally {
      this.#underWay.delete(taking);
      done();
      this.#lastTookMs = taking.longest;
    }
  }

  /** @throws {Refusal} `unavailable`, with the seconds to wait. */
  async ask(): Promise<void> {
    if (this.minFreeDisk > 0 && (await this.#diskFree()) < this.minFreeDisk) {
      throw busy('The disk is nearly full; nothing is taken until there is room.', 30);
    }
    if (this.readings.waiting() > MOST_WAITING) throw busy('The event store has much to write; try again.', 1);
    if (this.#isStoreSlow()) throw busy('The event store is slow; try again.', 5);
    if (this.#isFanOutBehind()) await this.#lookAtFanOut();
    if (this.#isFanOutBehind()) throw busy('Events are taken in faster than they are passed on; try again.', 2);
  }

  /** An event was appended here, and is durable. */
  appended(position: Position): void {
    const now = this.readings.now();
    const slot = this.#slots.at(-1);
    if (slot && now - slot.since < SLOT_MS) slot.upTo = Math.max(slot.upTo, position);
    else this.#slots.push({ since: now, upTo: position });
  }

  #isFanOutBehind(): boolean {
    const position = this.readings.fannedOut() ?? START;
    while (this.#slots[0] && this.#slots[0].upTo <= position) this.#slots.shift();
    const oldest = this.#slots[0];
    return oldest !== undefined && this.readings.now() - oldest.since > LONGEST_MS;
  }

  async #lookAtFanOut(): Promise<void> {
    this.#looking ??= this.readings
      .lookAtFanOut()
      .catch(() => undefined)
      .finally(() => (this.#looking = undefined));
    await Promise.race([this.#looking, delay(LONGEST_LOOK_MS, undefined, { ref: false })]);
  }

  /** Also after it was: then one request at a time finds out whether it still is. */
  #isStoreSlow(): boolean {
    if (this.#underWay.size === 0) return false;
    let oldest = Infinity;
    for (const { since } of this.#underWay) oldest = Math.min(oldest, since);
    return Math.max(this.readings.now() - oldest, this.#lastTookMs) > LONGEST_MS;
  }

  async #diskFree(): Promise<number> {
    const age = this.readings.now() - this.#diskReadAt;
    if (age >= DISK_FRESH_MS) this.#diskReading ??= this.#readDisk();
    if (age >= DISK_STALE_MS) await this.#diskReading;
    return this.#freeDisk;
  }

  async #readDisk(): Promise<void> {
    // What cannot be measured refuses nothing: the store itself says when it cannot write.
    this.#freeDisk = await this.readings.freeDisk().catch(() => Infinity);
    this.#diskReadAt = this.readings.now();
    this.#diskReading = undefined;
  }
}

export const intakeGate = (
  store: EventStore,
  sagas: Sagas,
  { dataDir, minFreeDisk, eventStoreUrl }: Config,
): IntakeGate =>
  new IntakeGate(
    {
      now: () => performance.now(),
      waiting: () => store.waiting,
      fannedOut: () => sagas.follower(fanOut.name)?.position,
      lookAtFanOut: () => sagas.look(),
      freeDisk: async () => {
        const { bavail, bsize } = await statfs(dataDir);
        return bavail * bsize;
      },
    },
    // Events that an engine keeps are on its disk.
    eventStoreUrl === '' ? minFreeDisk : 0,
  );
