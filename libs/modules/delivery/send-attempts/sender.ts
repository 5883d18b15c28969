import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '../../../platform/event-store/index.ts';
import { START, type Clock, type Ids, type Position } from '../../../platform/kernel/index.ts';
import { OWNERSHIPS, partitionOf, type Ownerships } from '../../../platform/leases/index.ts';
import {
  InjectResident,
  Projections,
  Sagas,
  type ProjectionRunner,
  type ResidentDocuments,
} from '../../../platform/processing/index.ts';
import { CLOCK, IDS, LOGGER, type Logger } from '../../../platform/runtime/index.ts';
import { deliveries, type DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { fanOut } from '../fan-out/fan-out.saga.ts';
import { lanes, type Lane } from '../lanes/lanes.projection.ts';
import { Attempts } from './attempts.ts';
import { Dispatcher } from './dispatcher.ts';
import { findTests } from './due-deliveries.ts';
import type { LanePace } from './lane-pace.ts';
import { OrderHorizon } from './order-horizon.ts';
import { QueueReader } from './queue-reader.ts';
import { recordOutcome } from './record-outcome.ts';
import type { SendingQueue } from './sending-lane.ts';
import { SendingLanes } from './sending-lanes.ts';
import { PARTITION_LEASE_MS, ServedPartitions } from './served-partitions.ts';

type Runner = ProjectionRunner<DeliveryDocument, never>;

/**
 * Tells the dispatcher of what is due in the webhooks that this process serves, attempts what it begins, and records how it went. A
 * webhook is served when the documents have reached the store's head, and what is in flight or has finished beyond what is stored is
 * skipped: so a recorded outcome is never sent again.
 */
@Injectable()
export class Sender {
  readonly #lanes: SendingLanes;
  readonly #partitions: ServedPartitions;
  readonly #horizon: OrderHorizon;
  readonly #dispatcher: Dispatcher;
  readonly #idlers: (() => void)[] = [];
  /** Webhooks that are not known yet and have a test: nothing else would look for it, as none of the other queues has tests. */
  readonly #testedEarly = new Set<string>();
  #reader: QueueReader | undefined;
  #foldedTo: Position = START;
  #stopping = new AbortController();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(LOGGER) private readonly logger: Logger,
    @InjectResident(lanes) private readonly lanes: ResidentDocuments<Lane>,
    private readonly projections: Projections,
    sagas: Sagas,
    private readonly attempts: Attempts,
    @Inject(OWNERSHIPS) ownerships: Ownerships,
  ) {
    this.#lanes = new SendingLanes(lanes, (webhookId) => this.#partitions.serves(webhookId));
    this.#partitions = new ServedPartitions(ownerships('partitions', PARTITION_LEASE_MS), logger, {
      catchUp: () => this.#catchUp(),
      served: (partitions) => this.#served(partitions),
      left: (partitions) => this.#left(partitions),
    });
    this.#horizon = new OrderHorizon(
      store,
      () => sagas.follower(fanOut.name),
      () => this.#dispatcher.lookBeyond(),
    );
    this.#dispatcher = new Dispatcher({
      clock,
      logger,
      horizon: this.#horizon,
      serves: (queue) => this.#lanes.has(queue),
      mayBegin: (lane) => this.#partitions.mayBegin(lane.partition),
      read: (queue) => this.#reader?.read(queue),
      attempt: (queue, delivery) => this.#attempt(queue, delivery),
      foldedTo: () => this.#foldedTo,
      onPause: () => this.#settle(),
    });
  }

  async start(): Promise<void> {
    this.#stopping = new AbortController();
    const runner = await this.#runner();
    this.#reader ??= this.#subscribe(runner);
    await this.#partitions.start();
  }

  /** Starts nothing more; resolves when the attempts in flight are over and recorded, and others may go on. */
  async stop(): Promise<void> {
    this.#dispatcher.close();
    this.#horizon.stop();
    this.#stopping.abort();
    this.#partitions.abort();
    await Promise.all([this.#dispatcher.over(() => true), this.#reader?.stop()]);
    this.#dispatcher.reset();
    this.#testedEarly.clear();
    this.#lanes.close();
    await this.#partitions.stop();
    this.#settle();
  }

  /** How the receiver of a webhook fares; undefined if this process does not serve it. */
  receiverOf(webhookId: string): Pick<LanePace, 'troubled' | 'pausedUntil'> | undefined {
    return this.#lanes.peek(webhookId)?.pace;
  }

  async #runner(): Promise<Runner> {
    return await this.projections.runner(deliveries);
  }

  async #catchUp(): Promise<boolean> {
    const [runner, head] = [await this.#runner(), await this.store.head()];
    const reached = await Promise.all([runner.reached(head), this.lanes.follower?.reached(head)]);
    if (this.#stopping.signal.aborted || !reached.every((done) => done === true)) return false;
    this.#horizon.start(runner.position);
    this.#dispatcher.open();
    return true;
  }

  async #served(partitions: ReadonlySet<number>): Promise<void> {
    for (const lane of this.lanes.all()) {
      if (!partitions.has(partitionOf(lane.webhookId))) continue;
      if (this.#partitions.isShared) this.#lanes.takeOver(lane, this.clock.now());
      this.#laneChanged(lane);
    }
    const runner = await this.#runner();
    // A test that is folded and not stored was passed over: nobody served it when it was told of.
    await runner.reached(this.#foldedTo);
    for await (const webhookId of findTests(runner.documents)) {
      const tests = partitions.has(partitionOf(webhookId)) && this.#lanes.get(webhookId)?.queue('test');
      if (tests) this.#dispatcher.look(tests);
    }
  }

  async #left(partitions: ReadonlySet<number>): Promise<void> {
    this.#lanes.leave(partitions);
    await this.#dispatcher.over((lane) => partitions.has(lane.partition));
    this.#settle();
  }

  /** Resolves when nothing is in flight and nothing that is due, as far as the documents tell, could be taken now. */
  async idle(): Promise<void> {
    if (this.#isBusy()) await new Promise<void>((resolve) => this.#idlers.push(resolve));
  }

  #isBusy(): boolean {
    return this.#dispatcher.isBusy || this.#reader?.isIdle === false;
  }

  #settle(): void {
    if (!this.#isBusy()) for (const resolve of this.#idlers.splice(0)) resolve();
  }

  #subscribe(runner: Runner): QueueReader {
    const reader = new QueueReader(runner, this.clock, this.logger, {
      ready: (queue) => {
        this.#lanes.settle(queue.lane, runner.position);
        this.#dispatcher.enqueue(queue);
      },
      dueAt: (queue, at) => this.#dispatcher.wakeAt(queue, at),
    });
    runner.onFolded((changed, position) => {
      // From an earlier place once more: what is ready would be told of again, and may be finished by now.
      if (position < this.#foldedTo)
        for (const queue of this.#lanes.dropAll(this.#foldedTo)) this.#dispatcher.enqueue(queue);
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
    if (!this.#dispatcher.isOpen || delivery.dueAt === null || delivery.outcome !== 'unfinished') return;
    const queue = this.#lanes.get(delivery.webhookId)?.queueFor(delivery);
    // A webhook that is not known yet is looked at when it is.
    if (!queue) {
      if (delivery.kind === 'test' && !this.lanes.get(delivery.webhookId)) this.#testedEarly.add(delivery.webhookId);
      return;
    }
    if (delivery.dueAt <= this.clock.now()) {
      queue.offer(delivery, position);
      return this.#dispatcher.enqueue(queue);
    }
    queue.expect(delivery, position);
    this.#dispatcher.wakeAt(queue, delivery.dueAt);
  }

  #laneChanged(lane: Lane): void {
    if (!this.#dispatcher.isOpen) return;
    if (this.#testedEarly.delete(lane.webhookId)) this.#lanes.get(lane.webhookId)?.queue('test');
    for (const queue of this.#lanes.change(lane, this.#foldedTo)) this.#dispatcher.enqueue(queue);
  }

  async #attempt(queue: SendingQueue, delivery: DeliveryDocument): Promise<void> {
    const { lane } = queue;
    const mayBegin = () => this.#partitions.mayBegin(lane.partition);
    const command = await this.attempts.perform(delivery, lane.lane, mayBegin);
    const outcome = command.type === 'RecordAttempt' ? command.data.outcome : undefined;
    if (outcome && queue.kind !== 'test') lane.pace.ended(outcome, this.clock.now());
    const recording = await recordOutcome(this.store, this.ids, delivery, command, this.#stopping.signal, this.logger);
    this.#lanes.finished(lane, delivery.deliveryId, recording.position);
    if (outcome?.ok === false) lane.failed(queue.kind, delivery, Math.max(this.#foldedTo, recording.position));
  }
}
