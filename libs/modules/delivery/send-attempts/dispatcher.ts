import type { Clock, Instant, Position } from '../../../platform/kernel/index.ts';
import type { Logger } from '../../../platform/runtime/index.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { statusOf } from '../delivery/delivery-status.ts';
import { Capacity } from './capacity.ts';
import { REST_MS } from './queue-reader.ts';
import type { SendingLane, SendingQueue } from './sending-lane.ts';
import { Turns } from './turns.ts';

export type Dispatching = {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether this process serves the queue at this moment. */
  readonly serves: (queue: SendingQueue) => boolean;
  /** Whether an attempt that begins now is over while this process still serves the lane. */
  readonly mayBegin: (lane: SendingLane) => boolean;
  /** Fills the queue from the documents. */
  readonly read: (queue: SendingQueue) => void;
  /** Up to which event a strictly ordered queue may go; told of one beyond, it calls `reached` when it may. */
  readonly horizon: { readonly limit: Position; reach(position: Position): void };
  /** Resolves when the outcome is recorded. */
  readonly attempt: (queue: SendingQueue, delivery: DeliveryDocument) => Promise<void>;
  readonly foldedTo: () => Position;
  /** Nothing has a turn now. */
  readonly onPause: () => void;
};

/** Gives queues their turns, and begins an attempt whenever there is one to begin and room for it. */
export class Dispatcher {
  readonly #turns = new Turns(
    () => this.#open && !this.#capacity.isFull,
    (queue) => this.#serve(queue),
    () => this.parts.onPause(),
  );
  readonly #beyondHorizon = new Set<SendingQueue>();
  readonly #running = new Map<Promise<void>, SendingLane>();
  #capacity = new Capacity<SendingQueue>();
  #open = false;

  constructor(private readonly parts: Dispatching) {}

  get isOpen(): boolean {
    return this.#open;
  }

  /** Something is in flight, or waits for its turn. */
  get isBusy(): boolean {
    return !this.#turns.isEmpty || this.#beyondHorizon.size > 0 || this.#running.size > 0;
  }

  open(): void {
    this.#open = true;
  }

  /** Begins nothing more. */
  close(): void {
    this.#open = false;
    this.#turns.clear();
  }

  /** Forgets who waited. Nothing may be in flight. */
  reset(): void {
    this.#beyondHorizon.clear();
    this.#capacity = new Capacity();
  }

  /** Resolves when the attempts that are in flight in these lanes are over and recorded. Nothing of them waits any more. */
  async over(isOne: (lane: SendingLane) => boolean): Promise<void> {
    for (const queue of this.#beyondHorizon) if (isOne(queue.lane)) this.#beyondHorizon.delete(queue);
    const running = [...this.#running].filter(([, lane]) => isOne(lane));
    await Promise.all(running.map(([attempt]) => attempt));
  }

  enqueue(queue: SendingQueue): void {
    if (this.#open) this.#turns.add(queue);
    else this.parts.onPause();
  }

  /** There may be something due that it does not hold ready. */
  look(queue: SendingQueue): void {
    queue.complete = false;
    queue.blocked = false;
    this.enqueue(queue);
  }

  /** Something of this queue becomes due then. */
  wakeAt(queue: SendingQueue, dueAt: Instant): void {
    if (this.#open) queue.wakeAt(this.parts.clock, dueAt, () => this.look(queue));
  }

  /** The horizon may have moved. */
  lookBeyond(): void {
    this.#beyondHorizon.forEach((queue) => this.enqueue(queue));
    this.#beyondHorizon.clear();
  }

  #serve(queue: SendingQueue): void {
    const { calledAt } = queue;
    queue.calledAt = null;
    if (this.parts.serves(queue)) this.#serveNext(queue);
    if (calledAt !== null) this.#callNext(calledAt);
  }

  /** Begins an attempt, if there is one to begin and it may begin now. */
  #serveNext(queue: SendingQueue): void {
    const { lane, pace } = queue.lane;
    if (queue.kind !== 'test' && !lane.enabled) return;
    if (queue.wants) this.parts.read(queue);
    const next = queue.peek();
    if (!next || !queue.lane.hasRoomFor(queue)) return;
    const { clock, horizon } = this.parts;
    if (queue.kind === 'ordered' && next.eventPosition > horizon.limit) {
      this.#beyondHorizon.add(queue);
      return horizon.reach(next.eventPosition);
    }
    const now = clock.now();
    const paced = queue.kind === 'test' ? now : pace.readyAt(now);
    const readyAt = this.parts.mayBegin(queue.lane) ? paced : Math.max(paced, now + REST_MS);
    if (readyAt > now) return queue.lane.wake.at(clock, readyAt, () => this.#turn(queue));
    const doubtful = queue.kind === 'retry' || queue.kind === 'redelivery' || pace.troubled;
    if (!this.#capacity.admits(queue.lane.originOf(next), doubtful, queue)) return;
    queue.take();
    this.#begin(queue, next, doubtful);
    if (queue.size > 0 || queue.wants) this.enqueue(queue);
  }

  #callNext(origin: string): void {
    for (const queue of this.#capacity.next(origin)) {
      queue.calledAt = origin;
      this.enqueue(queue);
    }
  }

  /** The other queues of its lane may go on too. */
  #turn(queue: SendingQueue): void {
    for (const each of queue.lane.queuesAfter(queue.kind)) if (each.size > 0 || each.wants) this.enqueue(each);
  }

  #begin(queue: SendingQueue, delivery: DeliveryDocument, doubtful: boolean): void {
    const { lane } = queue.lane;
    const { deliveryId } = delivery;
    const origin = queue.lane.originOf(delivery);
    const known = delivery.epoch <= lane.epoch;
    if (!known || statusOf(delivery, lane) !== 'pending') return;
    // Due again at once: its turn is when what it ended with is stored.
    if (queue.lane.isBusy(deliveryId)) return queue.miss(delivery, this.parts.foldedTo());
    queue.lane.began(queue.kind, deliveryId);
    this.#capacity.take(origin, doubtful);
    const running = this.parts
      .attempt(queue, delivery)
      .catch((error: unknown) => this.#rest(queue, delivery, error))
      .finally(() => {
        queue.lane.ended(queue.kind, deliveryId);
        this.#running.delete(running);
        this.#capacity.release(origin, doubtful);
        this.#callNext(origin);
        this.#turn(queue);
        this.#turns.run();
      });
    this.#running.set(running, queue.lane);
  }

  #rest(queue: SendingQueue, delivery: DeliveryDocument, error: unknown): void {
    const { clock, logger, foldedTo } = this.parts;
    const { deliveryId } = delivery;
    logger.error({ err: error, deliveryId }, 'attempt not recorded');
    if (!this.#open) return;
    const look = () => this.look(queue.lane.queueFor(delivery));
    queue.lane.rest(clock, deliveryId, clock.now() + REST_MS, look);
    queue.lane.failed(queue.kind, delivery, foldedTo());
  }
}
