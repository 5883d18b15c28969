import { START, type Instant, type Position } from '../../../platform/kernel/index.ts';
import type { Lane } from '../lanes/lanes.projection.ts';
import { SendingLane, type SendingQueue } from './sending-lane.ts';

/** The webhooks that are being served here. */
export class SendingLanes {
  readonly #lanes = new Map<string, SendingLane>();
  /** Have finished what is not stored yet. */
  readonly #unsettled = new Set<SendingLane>();

  constructor(
    private readonly known: { readonly get: (webhookId: string) => Lane | undefined },
    private readonly serves: (webhookId: string) => boolean,
  ) {}

  /** Undefined for one that is not known yet, for one that is removed, and for one that another process serves. */
  get(webhookId: string): SendingLane | undefined {
    const serving = this.#lanes.get(webhookId);
    if (serving) return serving;
    const lane = this.known.get(webhookId);
    if (!lane || lane.removed || !this.serves(webhookId)) return undefined;
    const sending = new SendingLane(lane);
    this.#lanes.set(webhookId, sending);
    return sending;
  }

  /** Undefined for one that has not been served here. */
  peek(webhookId: string): SendingLane | undefined {
    return this.#lanes.get(webhookId);
  }

  /** The queues to look at. Of a webhook that is removed what is in flight ends by itself, and nothing else is sent. */
  change(lane: Lane, foldedTo: Position): SendingQueue[] {
    const sending = this.get(lane.webhookId);
    if (lane.removed) {
      sending?.close();
      this.#lanes.delete(lane.webhookId);
      return [];
    }
    sending?.change(lane, foldedTo);
    return [...(sending?.queues() ?? [])];
  }

  /** It may have spent its burst a moment ago, in another process. */
  takeOver({ webhookId }: Lane, now: Instant): void {
    if (!this.#lanes.has(webhookId)) this.get(webhookId)?.pace.spend(now);
  }

  /** What is in flight goes on. */
  leave(partitions: ReadonlySet<number>): void {
    for (const [webhookId, lane] of this.#lanes) {
      if (!partitions.has(lane.partition)) continue;
      lane.close();
      this.#lanes.delete(webhookId);
      this.#unsettled.delete(lane);
    }
  }

  /** Nothing that is ready is so any more; the documents tell once they are stored up to the position. */
  dropAll(position: Position): SendingQueue[] {
    const queues = [...this.#lanes.values()].flatMap((lane) => [...lane.queues()]);
    for (const queue of queues) queue.drop(position, START);
    return queues;
  }

  has({ lane, kind }: SendingQueue): boolean {
    return this.#lanes.get(lane.lane.webhookId) === lane && lane.serves(kind);
  }

  finished(lane: SendingLane, deliveryId: string, position: Position): void {
    lane.finished(deliveryId, position);
    this.#unsettled.add(lane);
  }

  storedTo(position: Position): void {
    for (const lane of this.#unsettled) this.settle(lane, position);
  }

  /** Forgets what has finished and is stored: unless a read is under way, no answer is older. */
  settle(lane: SendingLane, position: Position): void {
    if (lane.storedTo(position)) this.#unsettled.delete(lane);
  }

  /** Nothing wakes any more. What is in flight goes on. */
  close(): void {
    for (const lane of this.#lanes.values()) lane.close();
    this.#lanes.clear();
    this.#unsettled.clear();
  }
}
