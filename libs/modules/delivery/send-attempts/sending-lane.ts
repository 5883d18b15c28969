import { START, type Clock, type Instant, type Position } from '../../../platform/kernel/index.ts';
import { partitionOf } from '../../../platform/leases/index.ts';
import { queueKindOf, type DeliveryDocument } from '../delivery/deliveries.projection.ts';
import type { Lane } from '../lanes/lanes.projection.ts';
import { LanePace } from './lane-pace.ts';
import { LaneQueue, type SendingKind } from './lane-queue.ts';
import { Wake } from './wake.ts';

const MOST_TESTS = 4;

export type SendingQueue = LaneQueue<SendingLane>;

/** One webhook as it is being served: its queues, its pace, and what may not be taken though the documents say it is due. */
export class SendingLane {
  readonly pace: LanePace;
  readonly wake = new Wake();
  readonly partition: number;
  #origin: string;
  /** Without tests. */
  inFlight = 0;
  readonly #queues = new Map<SendingKind, SendingQueue>();
  readonly #ofKind = new Map<SendingKind, number>();
  readonly #busy = new Set<string>();
  /** Recorded at a position that the documents have not been stored to yet. */
  readonly #finished = new Map<string, Position>();
  /** What went wrong here before there was an outcome to record is tried again after a rest. */
  readonly #resting = new Map<string, () => void>();

  constructor(public lane: Lane) {
    this.pace = new LanePace(lane.delivery);
    this.#origin = originOf(lane.url);
    this.partition = partitionOf(lane.webhookId);
  }

  /** Where an attempt goes: a draft's test not to where its webhook is. */
  originOf({ target }: DeliveryDocument): string {
    return target ? originOf(target.url) : this.#origin;
  }

  get isStrict(): boolean {
    return this.lane.delivery.strictOrder;
  }

  change(lane: Lane, foldedTo: Position): void {
    if (lane.url !== this.lane.url) this.pace.moved();
    // Of a strictly ordered queue all that is known of earlier events stays true while the lane stands as it stood.
    const from = standsAs(this.lane, lane) ? Infinity : START;
    this.lane = lane;
    this.#origin = originOf(lane.url);
    this.pace.change(lane.delivery);
    for (const kind of this.kinds()) this.queue(kind);
    for (const queue of this.#queues.values()) queue.drop(foldedTo, from);
  }

  /** Whether it has this queue: order that has become strict, or is no more, leaves others behind. */
  serves(kind: SendingKind): boolean {
    return kind === 'test' || kind === 'redelivery' || (kind === 'ordered') === this.isStrict;
  }

  private kinds(): readonly SendingKind[] {
    return this.isStrict ? ['ordered', 'redelivery'] : ['event', 'retry', 'redelivery'];
  }

  queue(kind: SendingKind): SendingQueue {
    const known = this.#queues.get(kind);
    if (known) return known;
    const queue: SendingQueue = new LaneQueue<SendingLane>(this, kind);
    this.#queues.set(kind, queue);
    return queue;
  }

  queueFor(delivery: DeliveryDocument): SendingQueue {
    const kind = queueKindOf(delivery);
    return this.queue(this.isStrict && (kind === 'event' || kind === 'retry') ? 'ordered' : kind);
  }

  queues(): IterableIterator<SendingQueue> {
    return this.#queues.values();
  }

  /** In turn, beginning after the one that was served last: so none of them can keep the lane to itself. */
  queuesAfter(kind: SendingKind): SendingQueue[] {
    const queues = [...this.#queues.values()];
    const at = queues.findIndex((queue) => queue.kind === kind) + 1;
    return [...queues.slice(at), ...queues.slice(0, at)];
  }

  /** Whether a queue may have one more in flight: retries get half of the lane, and what was asked for a quarter; of
   * a narrow one only what nobody else wants. */
  hasRoomFor({ kind }: SendingQueue): boolean {
    const { window } = this.pace;
    const inFlight = this.#ofKind.get(kind) ?? 0;
    if (kind === 'test') return inFlight < MOST_TESTS;
    if (this.inFlight >= window) return false;
    if (kind === 'retry') return inFlight < Math.max(1, window >> 1);
    if (kind !== 'redelivery') return true;
    return window < 4 ? inFlight === 0 && !this.#hasOthersReady() : inFlight < window >> 2;
  }

  #hasOthersReady(): boolean {
    return [...this.#queues.values()].some(
      (queue) => queue.kind !== 'redelivery' && queue.kind !== 'test' && queue.size > 0,
    );
  }

  began(kind: SendingKind, deliveryId: string): void {
    this.#busy.add(deliveryId);
    this.#ofKind.set(kind, (this.#ofKind.get(kind) ?? 0) + 1);
    if (kind === 'test') return;
    this.inFlight++;
    this.pace.began();
  }

  ended(kind: SendingKind, deliveryId: string): void {
    this.#busy.delete(deliveryId);
    this.#ofKind.set(kind, (this.#ofKind.get(kind) ?? 1) - 1);
    if (kind !== 'test') this.inFlight--;
  }

  /** The next in order is again the one that failed, also if the lane had no order when it began, or it was asked for then. */
  failed(kind: SendingKind, delivery: DeliveryDocument, position: Position): void {
    const wasInOrder = kind === 'ordered' || this.queueFor(delivery).kind === 'ordered';
    if (this.isStrict && wasInOrder) this.queue('ordered').drop(position, delivery.eventPosition);
  }

  isBusy(deliveryId: string): boolean {
    return this.#busy.has(deliveryId) || this.#finished.has(deliveryId) || this.#resting.has(deliveryId);
  }

  get busyCount(): number {
    return this.#busy.size + this.#finished.size + this.#resting.size;
  }

  isResting(deliveryId: string): boolean {
    return this.#resting.has(deliveryId);
  }

  finished(deliveryId: string, position: Position): void {
    this.#finished.set(deliveryId, position);
  }

  /** The documents have been stored up to here. True when they have all that has finished. */
  storedTo(position: Position): boolean {
    // What a read that is under way answers may be older.
    if ([...this.#queues.values()].some((queue) => queue.loading)) return false;
    for (const [deliveryId, finishedAt] of this.#finished) {
      // Appends are answered in the order of positions.
      if (finishedAt > position) return false;
      this.#finished.delete(deliveryId);
    }
    return true;
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
    for (const queue of this.#queues.values()) queue.close();
    this.wake.cancel();
    for (const cancel of this.#resting.values()) cancel();
    this.#resting.clear();
  }
}

const standsAs = (before: Lane, lane: Lane): boolean =>
  before.epoch === lane.epoch &&
  before.enabled === lane.enabled &&
  before.pendingFrom === lane.pendingFrom &&
  before.cancelledUpTo === lane.cancelledUpTo &&
  before.delivery.strictOrder === lane.delivery.strictOrder;

/** A URL that is none fails when it is attempted. */
const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : url);
