import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/index.ts';
import type { Clock, Instant } from '../../../platform/kernel/index.ts';
import { InjectDocuments, InjectResident, type ResidentDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { CLOCK } from '../../../platform/runtime/index.ts';
import { deliveries, type DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { lanes, type Lane } from '../lanes/lanes.projection.ts';

/** A full backlog, which takes long to count, is counted again after so long. */
const COUNTED_AGAIN_AFTER_MS = 10_000;
/** What has become full is so until this much of it is free: it is not to go back and forth with each delivery. */
const FREE_AGAIN = 0.1;
/** With as little left it is as good as full: close to the limit every few fan-outs would count. */
const AS_GOOD_AS_FULL = 0.001;

/** What is unfinished for a webhook, but for what was cancelled. */
export const owedTo = (webhookId: string, { cancelledUpTo }: Pick<Lane, 'cancelledUpTo'> = NOTHING_CANCELLED) => [
  { field: 'webhookId', eq: webhookId },
  { field: 'outcome', eq: 'unfinished' },
  ...(cancelledUpTo < 0 ? [] : [{ field: 'epoch', gt: cancelledUpTo }]),
];
const NOTHING_CANCELLED = { cancelledUpTo: -1 };

type Room = { left: number; readonly full: boolean; readonly countedAt: Instant };

/**
 * How much more may be owed to a webhook. Counted in the documents and from then on only counted down, so that most fan-outs ask
 * nobody. The documents lag a little, and so the bound is not exact.
 */
@Injectable()
export class OwedDeliveries {
  readonly limit: number;
  readonly #rooms = new Map<string, Room>();
  readonly #counting = new Map<string, Promise<void>>();

  constructor(
    @InjectDocuments(deliveries) private readonly documents: Collection<DeliveryDocument>,
    @InjectResident(lanes) private readonly lanes: ResidentDocuments<Lane>,
    @Inject(CONFIG) { maxOwedPerWebhook }: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.limit = maxOwedPerWebhook;
  }

  /** False: `count` has to be asked before `admits`. */
  isCounted(webhookId: string): boolean {
    const room = this.#rooms.get(webhookId);
    if (room?.full) return this.clock.now() < room.countedAt + COUNTED_AGAIN_AFTER_MS;
    return room !== undefined && room.left > 0;
  }

  /** Whether one more may be owed. */
  admits(webhookId: string): boolean {
    const room = this.#rooms.get(webhookId);
    if (room) room.left--;
    return room?.full !== true;
  }

  /**
   * Tells whether the backlog is full when it was not before, the other way round, or when it is not known what it was. Those who
   * ask at once share one count.
   */
  count(webhookId: string, tell: (full: boolean) => Promise<void>): Promise<void> {
    const known = this.#counting.get(webhookId);
    if (known) return known;
    const counting = this.#count(webhookId, tell).finally(() => this.#counting.delete(webhookId));
    this.#counting.set(webhookId, counting);
    return counting;
  }

  async #count(webhookId: string, tell: (full: boolean) => Promise<void>): Promise<void> {
    const wasFull = this.#rooms.get(webhookId)?.full;
    const where = owedTo(webhookId, this.lanes.get(webhookId));
    const left = this.limit - (await this.documents.count(where, this.limit));
    const full = wasFull ? left < this.limit * FREE_AGAIN : left <= this.limit * AS_GOOD_AS_FULL;
    if (full !== wasFull) await tell(full);
    this.#rooms.set(webhookId, { left, full, countedAt: this.clock.now() });
  }
}
