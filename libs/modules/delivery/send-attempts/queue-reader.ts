import { START, type Clock, type Instant, type Position } from '../../../platform/kernel/index.ts';
import type { ProjectionRunner } from '../../../platform/processing/index.ts';
import type { Logger } from '../../../platform/runtime/index.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { readDue, readInOrder, type OrderedPage } from './due-deliveries.ts';
import { MOST_READY } from './lane-queue.ts';
import type { SendingQueue } from './sending-lane.ts';

/** After something went wrong here, and not at the receiver. */
export const REST_MS = 1_000;
const MOST_READ = 1_000;

type Documents = Pick<ProjectionRunner<DeliveryDocument, never>, 'find' | 'position' | 'hurry'>;
type Told = {
  /** It has been read, or may be now. */
  readonly ready: (queue: SendingQueue) => void;
  readonly dueAt: (queue: SendingQueue, at: Instant) => void;
};

/** Fills queues from the documents, a page at a time. */
export class QueueReader {
  readonly #reading = new Set<Promise<void>>();
  /** Waits for the documents to be stored up to what it has missed. */
  readonly #behind = new Set<SendingQueue>();

  constructor(
    private readonly runner: Documents,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly tell: Told,
  ) {}

  /** What waits to be stored may wait for ever, as far as this reader can tell. */
  get isIdle(): boolean {
    return this.#reading.size === 0;
  }

  /** Resolves when nothing is being read. */
  async stop(): Promise<void> {
    this.#behind.clear();
    await Promise.all(this.#reading);
  }

  read(queue: SendingQueue): void {
    if (!queue.load(this.runner.position)) {
      this.#behind.add(queue);
      return this.runner.hurry();
    }
    const reading = this.#read(queue).finally(() => {
      queue.loading = false;
      this.#reading.delete(reading);
      this.tell.ready(queue);
    });
    this.#reading.add(reading);
  }

  storedTo(position: Position): void {
    for (const queue of this.#behind) {
      if (queue.awaited !== null && queue.awaited > position) continue;
      this.#behind.delete(queue);
      this.tell.ready(queue);
    }
  }

  async #read(queue: SendingQueue): Promise<void> {
    const { lane } = queue.lane;
    const { position } = this.runner;
    try {
      const page = await this.#page(queue);
      // It has changed meanwhile: what was read is of the lane as it was.
      if (queue.lane.lane !== lane) return;
      queue.pendingFrom = Math.min(page.pendingFrom, queue.missedFrom);
      const { due, rests } = takeable(queue, page.due);
      queue.refill(due, page.more, position);
      if (page.nextDueAt !== null) this.tell.dueAt(queue, page.nextDueAt);
      const waits = rests || page.barred === true || (page.nextDueAt !== null && page.pendingFrom < queue.missedFrom);
      queue.blocked = queue.kind === 'ordered' && queue.size === 0 && waits;
    } catch (error) {
      this.logger.error({ err: error, webhookId: lane.webhookId }, 'due deliveries could not be read, will retry');
      queue.blocked = true;
      this.tell.dueAt(queue, this.clock.now() + REST_MS);
    }
  }

  async #page({ lane: { lane, busyCount }, kind, pendingFrom }: SendingQueue): Promise<OrderedPage> {
    const limit = Math.min(MOST_READ, MOST_READY + busyCount);
    const now = this.clock.now();
    if (kind === 'ordered') return readInOrder(this.runner, lane, pendingFrom, now, limit);
    return { ...(await readDue(this.runner, lane, kind, now, limit)), pendingFrom: START };
  }
}

/** In order, nothing may overtake a delivery that rests. */
function takeable(queue: SendingQueue, due: readonly DeliveryDocument[]) {
  const resting = queue.kind === 'ordered' ? due.findIndex(({ deliveryId }) => queue.lane.isResting(deliveryId)) : -1;
  const upTo = resting < 0 ? due : due.slice(0, resting);
  return { due: upTo.filter(({ deliveryId }) => !queue.lane.isBusy(deliveryId)), rests: resting >= 0 };
}
