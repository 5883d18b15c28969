import type { Clock, Instant } from '../../../platform/kernel/index.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';

/** What the sender holds of one lane: a page of due deliveries, and when to look for more. */
export class LaneQueue {
  readonly inFlight = new Set<string>();
  #page: DeliveryDocument[] = [];
  /** There may be due deliveries that are not in the page. */
  dirty = false;
  loading = false;
  /** Everything that could be read is in flight, or finished beyond the documents: looks again when they have moved on. */
  starved = false;
  /** Is in the round-robin ring. */
  queued = false;
  /** What went wrong before there was an outcome to record is tried again after a rest. */
  readonly #resting = new Map<string, () => void>();
  #cancelWake: (() => void) | undefined;
  #wakesAt: number | null = null;

  constructor(
    readonly webhookId: string,
    readonly kind: 'event' | 'test',
  ) {}

  /** Not to be taken now, though the documents say it is due. */
  get busy(): readonly string[] {
    return [...this.inFlight, ...this.#resting.keys()];
  }

  isBusy(deliveryId: string): boolean {
    return this.inFlight.has(deliveryId) || this.#resting.has(deliveryId);
  }

  /** Wakes at the earliest of the instants it is told of. */
  wakeAt(clock: Clock, at: Instant, wake: () => void): void {
    if (this.#wakesAt !== null && this.#wakesAt <= at) return;
    this.#cancelWake?.();
    this.#wakesAt = at;
    this.#cancelWake = clock.at(at, () => {
      this.#wakesAt = null;
      wake();
    });
  }

  rest(clock: Clock, deliveryId: string, until: Instant, wake: () => void): void {
    const cancel = clock.at(until, () => {
      this.#resting.delete(deliveryId);
      wake();
    });
    this.#resting.set(deliveryId, cancel);
  }

  /** Nothing wakes any more. */
  close(): void {
    this.drop();
    this.#cancelWake?.();
    for (const cancel of this.#resting.values()) cancel();
    this.#resting.clear();
  }

  get waiting(): number {
    return this.#page.length;
  }

  refill(page: readonly DeliveryDocument[]): void {
    this.#page = [...page].reverse();
  }

  take(): DeliveryDocument | undefined {
    return this.#page.pop();
  }

  /** The page was read when the lane was another: it may hold what no longer may be sent. */
  drop(): void {
    this.#page = [];
  }
}
