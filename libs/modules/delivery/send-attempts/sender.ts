import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '../../../platform/event-store/index.ts';
import { START, type Clock, type Ids, type Instant, type Position } from '../../../platform/kernel/index.ts';
import {
  InjectResident,
  Projections,
  Sagas,
  type ProjectionRunner,
  type ResidentDocuments,
} from '../../../platform/processing/index.ts';
import { CLOCK, IDS, LOGGER, type Logger } from '../../../platform/runtime/index.ts';
import { deliveries, type DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { statusOf } from '../delivery/delivery-status.ts';
import { fanOut } from '../fan-out/fan-out.saga.ts';
import { lanes, type Lane } from '../lanes/lanes.projection.ts';
import { Attempts } from './attempts.ts';
import { Capacity } from './capacity.ts';
import { findTests } from './due-deliveries.ts';
import { OrderHorizon } from './order-horizon.ts';
import { QueueReader, REST_MS } from './queue-reader.ts';
import { recordOutcome } from './record-outcome.ts';
import type { SendingQueue } from './sending-lane.ts';
import { SendingLanes } from './sending-lanes.ts';
import { Turns } from './turns.ts';

type Runner = ProjectionRunner<DeliveryDocument, never>;

/**
 * Takes due deliveries, queue by queue in turn, attempts them and records how it went. It starts when the documents have reached the
 * store's head, and skips what it has in flight or has finished beyond what is stored: so a recorded outcome is never sent again.
 */
@Injectable()
export class Sender {
  readonly #lanes: SendingLanes;
  readonly #turns = new Turns(
    () => this.#started && !this.#capacity.isFull,
    (queue) => this.#serve(queue),
    () => this.#settle(),
  );
  readonly #horizon: OrderHorizon;
  readonly #beyondHorizon = new Set<SendingQueue>();
  readonly #running = new Set<Promise<void>>();
  readonly #idlers: (() => void)[] = [];
  #capacity = new Capacity<SendingQueue>();
  #reader: QueueReader | undefined;
  #foldedTo: Position = START;
  #stopping = new AbortController();
  #started = false;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(LOGGER) private readonly logger: Logger,
    @InjectResident(lanes) private readonly lanes: ResidentDocuments<Lane>,
    private readonly projections: Projections,
    sagas: Sagas,
    private readonly attempts: Attempts,
  ) {
    this.#lanes = new SendingLanes(lanes);
    this.#horizon = new OrderHorizon(
      store,
      () => sagas.follower(fanOut.name),
      () => {
        this.#beyondHorizon.forEach((queue) => this.#enqueue(queue));
        this.#beyondHorizon.clear();
      },
    );
  }

  async start(): Promise<void> {
    const stopping = (this.#stopping = new AbortController());
    const runner = (await this.projections.runner(deliveries)) as unknown as Runner;
    this.#reader ??= this.#subscribe(runner);
    const head = await this.store.head();
    const reached = await Promise.all([runner.reached(head), this.lanes.follower?.reached(head)]);
    if (stopping.signal.aborted || !reached.every((done) => done === true)) return;
    this.#horizon.start(runner.position);
    this.#started = true;
    for (const lane of this.lanes.all()) this.#laneChanged(lane);
    for await (const webhookId of findTests(runner.documents)) {
      const tests = this.#lanes.get(webhookId)?.queue('test');
      if (tests) this.#look(tests);
    }
  }

  /** Starts nothing more; resolves when the attempts in flight are over and recorded. */
  async stop(): Promise<void> {
    this.#started = false;
    this.#turns.clear();
    this.#horizon.stop();
    this.#stopping.abort();
    await Promise.all([...this.#running, this.#reader?.stop()]);
    this.#beyondHorizon.clear();
    this.#lanes.close();
    this.#capacity = new Capacity();
    this.#settle();
  }

  /** Resolves when nothing is in flight and nothing that is due, as far as the documents tell, could be taken now. */
  async idle(): Promise<void> {
    if (this.#isBusy()) await new Promise<void>((resolve) => this.#idlers.push(resolve));
  }

  #isBusy(): boolean {
    const waits = !this.#turns.isEmpty || this.#beyondHorizon.size > 0;
    return waits || this.#running.size > 0 || this.#reader?.isIdle === false;
  }

  #settle(): void {
    if (!this.#isBusy()) for (const resolve of this.#idlers.splice(0)) resolve();
  }

  #subscribe(runner: Runner): QueueReader {
    const reader = new QueueReader(runner, this.clock, this.logger, {
      ready: (queue) => {
        this.#lanes.settle(queue.lane, runner.position);
        this.#enqueue(queue);
      },
      dueAt: (queue, at) => this.#wakeAt(queue, at),
    });
    runner.onFolded((changed, position) => {
      // From an earlier place once more: what is ready would be told of again, and may be finished by now.
      if (position < this.#foldedTo) this.#lanes.dropAll(this.#foldedTo).forEach((queue) => this.#enqueue(queue));
      this.#foldedTo = Math.max(this.#foldedTo, position);
      for (const { document } of changed) this.#changed(document, position);
      this.#horizon.folded(position);
    });
    runner.onStored((position) => {
      this.#lanes.storedTo(position);
      reader.storedTo(position);
    });
    this.lanes.onChange((changed) => changed.forEach(({ document }) => this.#laneChanged(document)));
    return reader;
  }

  #changed(delivery: DeliveryDocument, position: Position): void {
    if (!this.#started || delivery.dueAt === null || delivery.outcome !== 'unfinished') return;
    // A webhook that is not known yet is looked at when it is.
    const queue = this.#lanes.get(delivery.webhookId)?.queueFor(delivery);
    if (!queue) return;
    if (delivery.dueAt <= this.clock.now()) {
      queue.offer(delivery, position);
      return this.#enqueue(queue);
    }
    queue.expect(delivery, position);
    this.#wakeAt(queue, delivery.dueAt);
  }

  #laneChanged(lane: Lane): void {
    if (!this.#started) return;
    for (const queue of this.#lanes.change(lane, this.#foldedTo)) this.#enqueue(queue);
  }

  /** Something of this queue becomes due then. */
  #wakeAt(queue: SendingQueue, dueAt: Instant): void {
    if (this.#started) queue.wakeAt(this.clock, dueAt, () => this.#look(queue));
  }

  #look(queue: SendingQueue): void {
    queue.complete = false;
    queue.blocked = false;
    this.#enqueue(queue);
  }

  #enqueue(queue: SendingQueue): void {
    if (this.#started) this.#turns.add(queue);
    else this.#settle();
  }

  #serve(queue: SendingQueue): void {
    const { calledAt } = queue;
    queue.calledAt = null;
    if (this.#lanes.serves(queue)) this.#serveNext(queue);
    if (calledAt !== null) this.#callNext(calledAt);
  }

  /** Begins an attempt, if there is one to begin and it may begin now. */
  #serveNext(queue: SendingQueue): void {
    const { lane, pace, origin } = queue.lane;
    if (queue.kind !== 'test' && !lane.enabled) return;
    if (queue.wants) this.#reader?.read(queue);
    const next = queue.peek();
    if (!next || !queue.lane.hasRoomFor(queue)) return;
    if (queue.kind === 'ordered' && next.eventPosition > this.#horizon.limit) {
      this.#beyondHorizon.add(queue);
      return this.#horizon.reach(next.eventPosition);
    }
    const now = this.clock.now();
    const readyAt = queue.kind === 'test' ? now : pace.readyAt(now);
    if (readyAt > now) {
      return queue.lane.wake.at(this.clock, readyAt, () => this.#turn(queue));
    }
    const doubtful = queue.kind === 'retry' || queue.kind === 'redelivery' || pace.troubled;
    if (!this.#capacity.admits(origin, doubtful, queue)) return;
    queue.take();
    this.#begin(queue, next, doubtful);
    if (queue.size > 0 || queue.wants) this.#enqueue(queue);
  }

  #callNext(origin: string): void {
    for (const queue of this.#capacity.next(origin)) {
      queue.calledAt = origin;
      this.#enqueue(queue);
    }
  }

  /** The other queues of its lane may go on too. */
  #turn(queue: SendingQueue): void {
    for (const each of queue.lane.queuesAfter(queue.kind)) if (each.size > 0 || each.wants) this.#enqueue(each);
  }

  #begin(queue: SendingQueue, delivery: DeliveryDocument, doubtful: boolean): void {
    const { lane, origin } = queue.lane;
    const { deliveryId } = delivery;
    const known = delivery.epoch <= lane.epoch;
    if (!known || statusOf(delivery, lane) !== 'pending') return;
    // Due again at once: its turn is when what it ended with is stored.
    if (queue.lane.isBusy(deliveryId)) return queue.miss(delivery, this.#foldedTo);
    queue.lane.began(queue.kind, deliveryId);
    this.#capacity.take(origin, doubtful);
    const running = this.#attempt(queue, delivery)
      .catch((error: unknown) => {
        this.logger.error({ err: error, deliveryId }, 'attempt not recorded');
        if (!this.#started) return;
        const look = () => this.#look(queue.lane.queueFor(delivery));
        queue.lane.rest(this.clock, deliveryId, this.clock.now() + REST_MS, look);
        queue.lane.failed(queue.kind, delivery, this.#foldedTo);
      })
      .finally(() => {
        queue.lane.ended(queue.kind, deliveryId);
        this.#running.delete(running);
        this.#capacity.release(origin, doubtful);
        this.#callNext(origin);
        this.#turn(queue);
        this.#turns.run();
      });
    this.#running.add(running);
  }

  async #attempt(queue: SendingQueue, delivery: DeliveryDocument): Promise<void> {
    const { lane } = queue;
    const command = await this.attempts.perform(delivery, lane.lane);
    if (queue.kind !== 'test') lane.pace.ended(command.data.outcome, this.clock.now());
    const recording = await recordOutcome(this.store, this.ids, delivery, command, this.#stopping.signal, this.logger);
    this.#lanes.finished(lane, delivery.deliveryId, recording.position);
    if (!command.data.outcome.ok) lane.failed(queue.kind, delivery, Math.max(this.#foldedTo, recording.position));
  }
}
