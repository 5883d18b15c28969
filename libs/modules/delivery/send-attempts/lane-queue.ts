import { START, type Clock, type Instant, type Position } from '../../../platform/kernel/index.ts';
import type { DeliveryDocument, QueueKind } from '../delivery/deliveries.projection.ts';
import { Wake } from './wake.ts';

/** `ordered`: first attempts and retries of a strictly ordered webhook together. */
export type SendingKind = QueueKind | 'ordered';

/** Deliveries held ready; what is due beyond them is read when these run low. */
export const MOST_READY = 200;

/** What the sender holds of one queue of a lane: the next due deliveries, and whether there may be more in the documents. */
export class LaneQueue<Lane = unknown> {
  #ready: DeliveryDocument[] = [];
  #next = 0;
  /** Everything that is due, as far as it is folded, is ready or in flight. */
  complete = false;
  /** Something due and not ready was folded up to here: the documents have it once they are stored that far. */
  missed: Position = START;
  /** What the next read waits for, once it was asked for. */
  awaited: Position | null = null;
  /** The earliest event of what was missed since: a strictly ordered queue takes nothing from there on of what that read answers. */
  missedFrom: Position = Infinity;
  loading = false;
  /** Is in the round-robin ring. */
  queued = false;
  /** Of a strictly ordered queue: its first delivery is not due yet. */
  blocked = false;
  /** Had to wait for room, and was called when an attempt at this origin ended: the next in line is called after it. */
  calledAt: string | null = null;
  /** Of a strictly ordered queue: nothing of an earlier event is pending. */
  pendingFrom: Position = START;
  readonly #wake = new Wake();

  constructor(
    readonly lane: Lane,
    readonly kind: SendingKind,
  ) {}

  get size(): number {
    return this.#ready.length - this.#next;
  }

  /** The documents have to be looked at. */
  get wants(): boolean {
    return !this.complete && !this.blocked && !this.loading && this.size < MOST_READY / 4;
  }

  peek(): DeliveryDocument | undefined {
    return this.#ready[this.#next];
  }

  take(): DeliveryDocument | undefined {
    const next = this.#ready[this.#next++];
    if (this.#next >= this.#ready.length) this.#set([]);
    return next;
  }

  /** A delivery that has become due, folded up to a position. One that finds no room is found in the documents later. */
  offer(delivery: DeliveryDocument, position: Position): void {
    const inOrder = this.kind !== 'ordered' || delivery.eventPosition > (this.#ready.at(-1)?.eventPosition ?? START);
    if (this.complete && !this.blocked && !this.loading && inOrder && this.size < MOST_READY) {
      this.#ready.push(delivery);
      return;
    }
    if (!inOrder) this.#set([]);
    this.miss(delivery, position);
  }

  /** It is due and not ready. */
  miss(delivery: DeliveryDocument, position: Position): void {
    this.complete = false;
    this.expect(delivery, position);
  }

  /** The documents have it as it is now once they are stored up to the position. */
  expect({ eventPosition }: DeliveryDocument, position: Position): void {
    this.missed = Math.max(this.missed, position);
    this.missedFrom = Math.min(this.missedFrom, eventPosition);
    this.pendingFrom = Math.min(this.pendingFrom, eventPosition);
  }

  /**
   * Begins a read of documents that are stored up to a position. False while they lack what was missed until it was first asked:
   * what is missed meanwhile does not put it off.
   */
  load(storedTo: Position): boolean {
    if (this.awaited === null) {
      this.awaited = this.missed;
      this.missedFrom = Infinity;
    }
    if (this.awaited > storedTo) return false;
    if (this.missed <= storedTo) this.missedFrom = Infinity;
    this.awaited = null;
    this.loading = true;
    return true;
  }

  /** What was read, without what is ready already; `storedTo` is what the documents had been stored to then. */
  refill(due: readonly DeliveryDocument[], more: boolean, storedTo: Position): void {
    const ready = this.#ready.slice(this.#next);
    const known = new Set(ready.map(({ deliveryId }) => deliveryId));
    const upTo = this.kind === 'ordered' ? this.missedFrom : Infinity;
    const inOrder = due.filter(({ eventPosition }) => eventPosition < upTo);
    const added = inOrder.filter(({ deliveryId }) => !known.has(deliveryId));
    this.#set([...ready, ...added]);
    // What was left out for the order of it is read again.
    this.complete = !more && this.missed <= storedTo && inOrder.length === due.length;
    // All of it is in flight or finished beyond the documents: there is nothing new before they have moved on.
    if (more && added.length === 0) this.missed = Math.max(this.missed, storedTo + 1);
  }

  /**
   * What is ready belongs to the lane as it was, or is not the next any more: an event as early as `from` is, and it may not be
   * stored before `position`.
   */
  drop(position: Position, from: Position): void {
    this.#set([]);
    this.blocked = false;
    this.complete = false;
    this.awaited = null;
    this.missed = Math.max(this.missed, position);
    this.missedFrom = Math.min(this.missedFrom, from);
    this.pendingFrom = Math.min(this.pendingFrom, from);
  }

  /** Wakes at the earliest of the instants it is told of. */
  wakeAt(clock: Clock, at: Instant, wake: () => void): void {
    this.#wake.at(clock, at, wake);
  }

  close(): void {
    this.#set([]);
    this.#wake.cancel();
  }

  #set(ready: DeliveryDocument[]): void {
    this.#ready = ready;
    this.#next = 0;
  }
}
