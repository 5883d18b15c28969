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
  cancelTimer: (() => void) | undefined;
  /** The earliest instant something becomes due that is known not to be yet. */
  wakesAt: number | null = null;

  constructor(
    readonly webhookId: string,
    readonly kind: 'event' | 'test',
  ) {}

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
