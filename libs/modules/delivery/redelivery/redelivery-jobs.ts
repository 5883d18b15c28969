import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '../../../platform/event-store/index.ts';
import type { Clock, Ids, Position } from '../../../platform/kernel/index.ts';
import { OWNERSHIPS, soleOwnerships, type Ownerships } from '../../../platform/leases/index.ts';
import {
  InjectResident,
  OwnedTasks,
  Projections,
  TASK_LEASE_MS,
  type ResidentDocuments,
} from '../../../platform/processing/index.ts';
import type { Stored } from '../../../platform/read-model/index.ts';
import { CLOCK, IDS, LOGGER, type Logger } from '../../../platform/runtime/index.ts';
import { deliveries, type DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { lanes, type Lane } from '../lanes/lanes.projection.ts';
import { redeliveries, type RedeliveryDocument } from './redeliveries.projection.ts';
import { RedeliveryJob, type JobParts } from './redelivery-job.ts';

type Running = { readonly job: RedeliveryJob; readonly done: Promise<void> };

const JOBS = 'redeliveries';

/**
 * In one process at a time, works off the bulk redeliveries that are running, each at its own rate and all at the same time: those that
 * are there at its start, from where they had got to, and those that are started since.
 */
@Injectable()
export class RedeliveryJobs {
  readonly #running = new Map<string, Running>();
  /** By webhook, the position up to which the documents have to be stored. */
  readonly #moved = new Map<string, Position>();
  readonly #idlers: (() => void)[] = [];
  readonly #task: OwnedTasks;
  #parts: JobParts | undefined;
  #subscribed = false;
  #stopping = new AbortController();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(LOGGER) private readonly logger: Logger,
    @InjectResident(lanes) private readonly lanes: ResidentDocuments<Lane>,
    private readonly projections: Projections,
    @Inject(OWNERSHIPS) ownerships: Ownerships = soleOwnerships,
  ) {
    const end = () => this.#end();
    const task = { start: () => this.#begin(), watch: end, stop: end };
    this.#task = new OwnedTasks(ownerships('jobs', TASK_LEASE_MS), logger, () => task);
  }

  start(): Promise<void> {
    return this.#task.start([JOBS]);
  }

  /** Resolves when nothing more is asked for, and what was asked for is recorded. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#task.stop();
  }

  async #begin(): Promise<void> {
    this.#stopping = new AbortController();
    const stopping = this.#stopping.signal;
    // What cannot be stored now would be waited for in vain.
    const stopped = new Promise<boolean>((resolve) => stopping.addEventListener('abort', () => resolve(false)));
    const [own, its] = [await this.projections.runner(redeliveries), await this.projections.runner(deliveries)];
    const reached = async (position: Position) => {
      const all = Promise.all([its.reached(position), this.lanes.follower?.reached(position)]);
      return Promise.race([stopped, all.then((both) => both.every((done) => done === true))]);
    };
    const { store, clock, ids, logger } = this;
    const parts = { store, clock, ids, logger, lanes: this.lanes, deliveries: its.documents, reached };
    this.#parts = { ...parts, onPause: () => this.#settle() };
    if (!this.#subscribed) {
      own.onFolded((changed) => changed.forEach((each) => this.#look(each)));
      its.onFolded((changed, position) => this.#note(changed, position));
      its.onStored((position) => this.#tell(position));
      this.lanes.onChange((changed) => changed.forEach(({ id }) => this.#tellOf(id)));
      this.#subscribed = true;
    }
    // Only what is read after it was reached, by those who listen already, leaves nothing between what is read and what is told.
    const head = await this.store.head();
    const caughtUp = (await reached(head)) && (await Promise.race([stopped, own.reached(head)]));
    if (stopping.aborted) return;
    if (!caughtUp) throw new Error('The documents are not followed any more.');
    const where = [{ field: 'status', eq: 'running' }];
    for (let cursor: string | null | undefined; cursor !== null && !stopping.aborted;) {
      const page = await own.documents.find({ where, sort: { field: 'startedAt', direction: 'asc' }, cursor });
      page.items.forEach((each) => this.#look(each));
      cursor = page.nextCursor;
    }
  }

  async #end(): Promise<void> {
    this.#stopping.abort();
    for (const { job } of this.#running.values()) job.stop();
    await Promise.all([...this.#running.values()].map(({ done }) => done));
    this.#settle();
  }

  /** Resolves when every job waits for the clock, or for deliveries to be finished. */
  async idle(): Promise<void> {
    if (this.#busy()) await new Promise<void>((resolve) => this.#idlers.push(resolve));
  }

  #busy(): boolean {
    return [...this.#running.values()].some(({ job }) => !job.isResting);
  }

  #settle(): void {
    if (!this.#busy()) for (const resolve of this.#idlers.splice(0)) resolve();
  }

  #look({ id, position, document }: Stored<RedeliveryDocument>): void {
    const known = this.#running.get(id);
    if (document.status !== 'running') return known?.job.stop();
    if (known || this.#stopping.signal.aborted || !this.#parts) return;
    const job = new RedeliveryJob(document, position, this.#parts);
    const done = job.run().finally(() => {
      this.#running.delete(id);
      this.#settle();
    });
    this.#running.set(id, { job, done });
  }

  #note(changed: readonly Stored<DeliveryDocument>[], position: Position): void {
    if (this.#running.size === 0) return;
    for (const { document } of changed) this.#moved.set(document.webhookId, position);
  }

  /** Told of what is not stored yet, a job would look at documents that do not have it: it is told again. */
  #tell(position: Position): void {
    for (const [webhookId, at] of this.#moved) {
      if (at <= position) this.#moved.delete(webhookId);
      this.#tellOf(webhookId);
    }
  }

  #tellOf(webhookId: string): void {
    for (const { job } of this.#running.values()) if (job.concerns(webhookId)) job.look();
  }
}
