import type { DeliveryDocument } from '../../libs/modules/delivery/delivery/deliveries.projection.ts';
import { delivery } from '../../libs/modules/delivery/delivery/delivery.decider.ts';
import type { Lane } from '../../libs/modules/delivery/lanes/lanes.projection.ts';
import {
  redeliveries,
  type RedeliveryDocument,
} from '../../libs/modules/delivery/redelivery/redeliveries.projection.ts';
import {
  CancelRedelivery,
  FinishRedelivery,
  RecordProgress,
  StartRedelivery,
  type RedeliveryCommand,
} from '../../libs/modules/delivery/redelivery/redelivery.commands.ts';
import { redelivery } from '../../libs/modules/delivery/redelivery/redelivery.decider.ts';
import type { RedeliverySelection } from '../../libs/modules/delivery/redelivery/redelivery.events.ts';
import { outcomesIn, requestOf } from '../../libs/modules/delivery/redelivery/round-cause.ts';
import { DocumentMap } from '../../libs/platform/processing/document-map.ts';
import type { Log } from './log.ts';

const PAGE = 3;

/** What a worker sees: documents that may be behind, folded from this many events. */
export type View = {
  readonly lane: Lane | undefined;
  readonly documents: readonly DeliveryDocument[];
  readonly folded: number;
};

/** Bulk redeliveries of one webhook, made of the real decider, projection and requests. */
export class Jobs {
  readonly #ids: string[] = [];
  readonly #pages = new Map<string, readonly DeliveryDocument[]>();

  constructor(private readonly log: Log) {}

  /** What a job asks for has its id as trace. */
  start(of: { webhookId: string; workspaceId: string }, what: RedeliverySelection): void {
    const redeliveryId = `job-${this.#ids.length}`;
    this.#ids.push(redeliveryId);
    const wish = { what, since: null, until: null, upTo: this.log.events.length - 1, ratePerSecond: 50 };
    const metadata = { ...this.log.by('admin'), traceId: redeliveryId };
    this.#execute(new StartRedelivery({ ...of, redeliveryId, ...wish }, metadata));
  }

  cancel(): void {
    for (const { redeliveryId } of this.running())
      this.#execute(new CancelRedelivery({ redeliveryId }, this.log.by('admin')));
  }

  /**
   * One delivery of each running job, as it was when its page was read. A page is read from the place that is recorded, when the
   * documents have reached the start of the job.
   */
  work({ lane, documents, folded }: View, recorded: boolean): void {
    for (const job of this.running()) {
      const { redeliveryId } = job;
      const [started] = this.log.stream(streamOf(redeliveryId));
      if (!lane || !started || folded <= started.position) continue;
      if (!lane.enabled) {
        this.#finish(redeliveryId, 'webhook-disabled');
        continue;
      }
      const page = this.#pages.get(redeliveryId) ?? pageOf(job, documents, job.cursors[lane.webhookId] ?? -1);
      const [next, ...rest] = page;
      const request = next && requestOf(job, next, lane, this.log.now);
      if (request) this.log.execute(delivery as never, `delivery-${next.deliveryId}`, request);
      if (!recorded) continue;
      if (next) this.#progress(redeliveryId, lane.webhookId, next.eventPosition);
      else this.#finish(redeliveryId, 'done');
      if (rest.length > 0) this.#pages.set(redeliveryId, rest);
      else this.#pages.delete(redeliveryId);
    }
  }

  /** What was read is forgotten. */
  crash(): void {
    this.#pages.clear();
  }

  all(): RedeliveryDocument[] {
    const documents = new DocumentMap(redeliveries);
    for (const id of this.#ids) for (const event of this.log.stream(streamOf(id))) documents.apply(event as never);
    return documents.all();
  }

  running(): RedeliveryDocument[] {
    return this.all().filter(({ status }) => status === 'running');
  }

  #progress(redeliveryId: string, webhookId: string, eventPosition: number): void {
    const cursor = { webhookId, eventPosition };
    this.#execute(new RecordProgress({ redeliveryId, cursor, requested: 1, passed: 0 }, this.log.by('system')));
  }

  #finish(redeliveryId: string, reason: 'done' | 'webhook-disabled'): void {
    this.#execute(new FinishRedelivery({ redeliveryId, reason }, this.log.by('system')));
  }

  #execute(command: RedeliveryCommand): void {
    this.log.execute(redelivery as never, streamOf(command.data.redeliveryId), command);
  }
}

const pageOf = ({ what, upTo }: RedeliveryDocument, documents: readonly DeliveryDocument[], after: number) =>
  documents
    .filter(({ kind, outcome }) => kind === 'event' && outcomesIn(what).includes(outcome))
    .filter(({ eventPosition }) => eventPosition > after && eventPosition <= upTo)
    .sort((a, b) => a.eventPosition - b.eventPosition)
    .slice(0, PAGE);
const streamOf = (redeliveryId: string): string => `${redelivery.category}-${redeliveryId}`;
