import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '../../../platform/event-store/index.ts';
import type { Clock, Ids, Position } from '../../../platform/kernel/index.ts';
import { InjectResident, Projections, type ResidentDocuments } from '../../../platform/processing/index.ts';
import type { Collection, Stored } from '../../../platform/read-model/index.ts';
import { CLOCK, IDS, LOGGER, type Logger } from '../../../platform/runtime/index.ts';
import { deliveries, type DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { statusOf } from '../delivery/delivery-status.ts';
import { lanes, type Lane } from '../lanes/lanes.projection.ts';
import { Attempts } from './attempts.ts';
import { readDue } from './due-deliveries.ts';
import { LaneQueue } from './lane-queue.ts';
import { recordOutcome } from './record-outcome.ts';

const MOST_IN_FLIGHT = 256;
/** The fuller it is, the less a lane may add, so that many lanes of one slow receiver leave room for others. */
const mostOfALane = (inFlight: number): number => {
  if (inFlight < 128) return 16;
  return inFlight < 192 ? 4 : 1;
};

const PAGE = 100;
/** After something went wrong here, and not at the receiver. */
const REST_MS = 1_000;

/**
 * Takes due deliveries, lane by lane in turn, attempts them and records how it went. It starts when the documents have reached the
 * store's head, and skips what it has in flight or has finished beyond their checkpoint: so a recorded outcome is never sent again.
 */
@Injectable()
export class Sender {
  readonly #queues = new Map<string, LaneQueue>();
  readonly #ring: LaneQueue[] = [];
  /** Had as much in flight as the others left room for: looked at again when there is more. */
  readonly #full = new Set<LaneQueue>();
  /** Recorded at a position that the documents have not reached yet. */
  readonly #finished = new Map<string, Position>();
  readonly #running = new Set<Promise<void>>();
  #documents: Collection<DeliveryDocument> | undefined;
  #stopping = new AbortController();
  #started = false;
  readonly #loading = new Set<Promise<void>>();
  readonly #idlers: (() => void)[] = [];
  #subscribed = false;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(LOGGER) private readonly logger: Logger,
    @InjectResident(lanes) private readonly lanes: ResidentDocuments<Lane>,
    private readonly projections: Projections,
    private readonly attempts: Attempts,
  ) {}

  async start(): Promise<void> {
    const stopping = new AbortController();
    this.#stopping = stopping;
    const runner = await this.projections.runner(deliveries);
    const head = await this.store.head();
    const reached = await Promise.all([runner.follower?.reached(head), this.lanes.follower?.reached(head)]);
    if (stopping.signal.aborted || !reached.every((done) => done === true)) return;
    this.#documents = runner.documents;
    this.#finished.clear();
    this.#started = true;
    if (!this.#subscribed) {
      runner.onApplied((changed, position) => this.#applied(changed, position));
      this.lanes.onChange((changed) => changed.forEach(({ document }) => this.#laneChanged(document)));
      this.#subscribed = true;
    }
    for (const lane of this.lanes.all()) this.#laneChanged(lane);
    await this.#findTests();
  }

  /** Starts nothing more; resolves when the attempts in flight are over and recorded. */
  async stop(): Promise<void> {
    this.#started = false;
    this.#ring.length = 0;
    for (const queue of this.#queues.values()) queue.close();
    this.#queues.clear();
    this.#stopping.abort();
    await Promise.all([...this.#running, ...this.#loading]);
    this.#settle();
  }

  /** Resolves when nothing is in flight and nothing that is due, as far as the documents tell, is left to be taken. */
  async idle(): Promise<void> {
    if (this.#busy()) await new Promise<void>((resolve) => this.#idlers.push(resolve));
  }

  #busy(): boolean {
    return this.#running.size > 0 || this.#ring.length > 0 || this.#loading.size > 0;
  }

  #settle(): void {
    if (!this.#busy()) for (const resolve of this.#idlers.splice(0)) resolve();
  }

  #applied(changed: readonly Stored<DeliveryDocument>[], position: Position): void {
    for (const [deliveryId, finishedAt] of this.#finished) {
      if (finishedAt > position) break;
      this.#finished.delete(deliveryId);
    }
    for (const { document } of changed) {
      const { webhookId, kind, dueAt } = document;
      if (dueAt !== null) this.#expect(this.#queueOf(webhookId, kind), dueAt);
      const queue = this.#queues.get(keyOf(webhookId, kind));
      if (queue?.starved) this.#look(queue);
    }
  }

  #laneChanged(lane: Lane): void {
    if (lane.removed) return this.#forget(lane.webhookId);
    const queue = this.#queueOf(lane.webhookId, 'event');
    queue.drop();
    this.#look(queue);
    const tests = this.#queues.get(keyOf(lane.webhookId, 'test'));
    if (tests) this.#look(tests);
  }

  /** What is in flight ends by itself; nothing else is sent. */
  #forget(webhookId: string): void {
    for (const key of [keyOf(webhookId, 'event'), keyOf(webhookId, 'test')]) {
      this.#queues.get(key)?.close();
      this.#queues.delete(key);
    }
  }

  async #findTests(): Promise<void> {
    const where = [{ field: 'kind', eq: 'test' } as const, { field: 'outcome', eq: 'unfinished' } as const];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await this.#documents?.find({ where, limit: 500, ...(cursor === undefined ? {} : { cursor }) });
      for (const { document } of page?.items ?? []) this.#look(this.#queueOf(document.webhookId, 'test'));
      cursor = page?.nextCursor ?? null;
    }
  }

  #queueOf(webhookId: string, kind: 'event' | 'test'): LaneQueue {
    const key = keyOf(webhookId, kind);
    const known = this.#queues.get(key);
    if (known) return known;
    const queue = new LaneQueue(webhookId, kind);
    this.#queues.set(key, queue);
    return queue;
  }

  /** Something of this lane becomes due then. */
  #expect(queue: LaneQueue, dueAt: number): void {
    if (dueAt <= this.clock.now()) return this.#look(queue);
    if (this.#started) queue.wakeAt(this.clock, dueAt, () => this.#look(queue));
  }

  #look(queue: LaneQueue): void {
    queue.dirty = true;
    queue.starved = false;
    this.#enqueue(queue);
  }

  #enqueue(queue: LaneQueue): void {
    this.#full.delete(queue);
    if (!this.#started || queue.queued) return;
    queue.queued = true;
    this.#ring.push(queue);
    setImmediate(() => this.#pump());
  }

  /** One delivery of each lane in turn, as long as there is room. */
  #pump(): void {
    while (this.#started && this.#running.size < MOST_IN_FLIGHT) {
      const queue = this.#ring.shift();
      if (!queue) break;
      queue.queued = false;
      if (queue.loading) continue;
      if (queue.inFlight.size >= mostOfALane(this.#running.size)) {
        this.#full.add(queue);
        continue;
      }
      const next = queue.take();
      if (next) this.#begin(queue, next);
      else if (queue.dirty) this.#load(queue);
      if (queue.waiting > 0) this.#enqueue(queue);
    }
    this.#settle();
  }

  #load(queue: LaneQueue): void {
    const lane = this.lanes.get(queue.webhookId);
    queue.dirty = false;
    if (!lane || !this.#documents || lane.removed || (queue.kind === 'event' && !lane.enabled)) return;
    queue.loading = true;
    const loading = this.#read(queue, lane, this.#documents).finally(() => {
      queue.loading = false;
      this.#loading.delete(loading);
      if (queue.waiting > 0 || queue.dirty) this.#enqueue(queue);
      this.#settle();
    });
    this.#loading.add(loading);
  }

  async #read(queue: LaneQueue, lane: Lane, documents: Collection<DeliveryDocument>): Promise<void> {
    // Before the documents are read: what is recorded and applied while they are is still due in the page.
    const busy = new Set([...queue.busy, ...this.#finished.keys()]);
    try {
      const limit = Math.min(1_000, PAGE + busy.size);
      const page = await readDue(documents, lane, queue.kind, this.clock.now(), limit);
      const mine = page.due.filter(({ deliveryId }) => !busy.has(deliveryId));
      queue.refill(mine);
      if (page.more && mine.length > 0) queue.dirty = true;
      else queue.starved = page.more;
      if (page.nextDueAt !== null) this.#expect(queue, page.nextDueAt);
    } catch (error) {
      this.logger.error({ err: error, webhookId: queue.webhookId }, 'due deliveries could not be read, will retry');
      this.#expect(queue, this.clock.now() + REST_MS);
    }
  }

  #begin(queue: LaneQueue, delivery: DeliveryDocument): void {
    const lane = this.lanes.get(delivery.webhookId);
    const busy = queue.isBusy(delivery.deliveryId) || this.#finished.has(delivery.deliveryId);
    if (busy || !lane || delivery.epoch > lane.epoch || statusOf(delivery, lane) !== 'pending') {
      if (queue.dirty || queue.waiting > 0) this.#enqueue(queue);
      return;
    }
    queue.inFlight.add(delivery.deliveryId);
    const running = this.#attempt(delivery, lane)
      .catch((error: unknown) => {
        this.logger.error({ err: error, deliveryId: delivery.deliveryId }, 'attempt not recorded');
        if (this.#started) {
          queue.rest(this.clock, delivery.deliveryId, this.clock.now() + REST_MS, () => this.#look(queue));
        }
      })
      .finally(() => {
        queue.inFlight.delete(delivery.deliveryId);
        this.#running.delete(running);
        if (mostOfALane(this.#running.size) > mostOfALane(this.#running.size + 1))
          this.#full.forEach((each) => this.#look(each));
        if (queue.waiting > 0 || queue.dirty) this.#enqueue(queue);
        this.#pump();
      });
    this.#running.add(running);
  }

  async #attempt(delivery: DeliveryDocument, lane: Lane): Promise<void> {
    const command = await this.attempts.perform(delivery, lane);
    const recording = await recordOutcome(this.store, this.ids, delivery, command, this.#stopping.signal, this.logger);
    // Kept in the order of positions: appends are answered in that order.
    this.#finished.set(delivery.deliveryId, recording.position);
  }
}

const keyOf = (webhookId: string, kind: 'event' | 'test'): string => `${kind}:${webhookId}`;
