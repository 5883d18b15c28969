import { decideAndAppend, WrongExpectedRevision, type EventStore } from '../../../platform/event-store/index.ts';
import { Refusal, type Clock, type Ids, type Position } from '../../../platform/kernel/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { Pause, type Logger } from '../../../platform/runtime/index.ts';
import type { RequestRedelivery } from '../delivery/delivery.commands.ts';
import { delivery } from '../delivery/delivery.decider.ts';
import { laneOf, type DeliveryDocument } from '../delivery/deliveries.projection.ts';
import type { Lane } from '../lanes/lanes.projection.ts';
import type { RedeliveryDocument } from './redeliveries.projection.ts';
import { FinishRedelivery, RecordProgress, type RedeliveryCommand } from './redelivery.commands.ts';
import { redelivery, type Redelivery } from './redelivery.decider.ts';
import type { EndReason } from './redelivery.events.ts';
import { rangeOf, readPage, type Listed, type Range } from './redelivery-pages.ts';
import { requestOf } from './round-cause.ts';

/** Asked for and not finished, of one webhook: the rest waits in the documents, where it costs nothing. */
export const MOST_WAITING = 200;
/** A page is read when at least this many of it can be asked for. */
const LEAST_ROOM = 100;
/** A job asks for several at a time, this often in a second. */
const TURNS_PER_SECOND = 10;
const RECORD_EVERY_MS = 1_000;
/** After something went wrong here. */
const REST_MS = 1_000;

export type JobParts = {
  readonly store: EventStore;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly deliveries: Collection<DeliveryDocument>;
  /** Whether the documents of deliveries have reached a position; false when that is given up. */
  readonly reached: (position: Position) => Promise<boolean>;
  readonly lanes: { readonly get: (webhookId: string) => Lane | undefined; readonly all: () => readonly Lane[] };
  readonly onPause: () => void;
};

/**
 * Goes through the deliveries of its webhooks, a page of each in turn, and asks for those that are selected. What it has asked for
 * is recorded after it was asked: interrupted between the two it asks again, which changes nothing.
 */
export class RedeliveryJob {
  readonly #pause: Pause;
  /** By webhook, what is yet to be gone through. */
  readonly #ranges = new Map<string, Range>();
  #state: Redelivery;
  #revision: number;
  #stopped = false;
  #askAgainAt = 0;
  #recordAgainAt = 0;
  #asked: Position;

  constructor(
    private readonly document: RedeliveryDocument,
    startedAt: Position,
    private readonly parts: JobParts,
  ) {
    this.#state = document;
    this.#revision = document.revision;
    this.#asked = startedAt;
    this.#pause = new Pause(parts.clock, parts.onPause);
  }

  /** It waits for the clock, or for something to be told. */
  get isResting(): boolean {
    return this.#pause.isOn;
  }

  concerns(webhookId: string): boolean {
    return this.#ranges.has(webhookId);
  }

  /** A lane it concerns has changed, or has room. */
  look(): void {
    this.#pause.tell();
  }

  /** Asks for nothing more. */
  stop(): void {
    this.#stopped = true;
    this.#pause.tell();
  }

  get #isOver(): boolean {
    return this.#stopped || this.#state.status !== 'running';
  }

  async run(): Promise<void> {
    let begun = false;
    while (!this.#isOver) {
      this.#pause.listen();
      try {
        begun ||= await this.#begin();
        if (!begun) return;
        await this.#round();
      } catch (error) {
        const { redeliveryId } = this.document;
        this.parts.logger.error({ err: error, redeliveryId }, 'redelivery interrupted, will go on');
        await this.#pause.until(this.parts.clock.now() + REST_MS);
      }
    }
  }

  async #begin(): Promise<boolean> {
    if (!(await this.parts.reached(this.#asked))) return false;
    const { webhookId, workspaceId, upTo, cursors } = this.#state;
    const all = this.parts.lanes.all().filter((lane) => lane.workspaceId === workspaceId && lane.enabled);
    for (const id of webhookId === null ? all.map((lane) => lane.webhookId) : [webhookId]) {
      const left = { after: cursors[id] ?? -1, upTo };
      this.#ranges.set(id, await rangeOf(this.parts.deliveries, { ...this.#state, webhookId: id }, left));
    }
    return true;
  }

  /** A page of each webhook that has room for it. */
  async #round(): Promise<void> {
    let moved = false;
    for (const [webhookId, range] of this.#ranges) {
      if (this.#isOver) return;
      const lane = this.parts.lanes.get(webhookId);
      if (!lane?.enabled) {
        this.#ranges.delete(webhookId);
        if (this.#state.webhookId === null) continue;
        return this.#finish(lane?.removed === false ? 'webhook-disabled' : 'webhook-removed');
      }
      const room = await this.#roomIn(lane);
      if (room < LEAST_ROOM) continue;
      const left = { ...range, after: Math.max(range.after, this.#state.cursors[webhookId] ?? -1) };
      // One more than there is room for: whether there is more to come is known without waiting for that.
      const found = await readPage(this.parts.deliveries, { ...this.#state, webhookId }, left, room + 1);
      const page = found.slice(0, room);
      await this.#ask(webhookId, page);
      if (found.length <= room && this.#isThrough(webhookId, page)) this.#ranges.delete(webhookId);
      moved = true;
    }
    if (this.#isOver) return;
    if (this.#ranges.size === 0) await this.#finish('done');
    else if (!moved) await this.#pause.until(null);
  }

  /** How many more may wait; counted when the documents have all that was asked for so far. */
  async #roomIn({ webhookId, epoch }: Lane): Promise<number> {
    if (!(await this.parts.reached(this.#asked))) return 0;
    const lane = { field: 'lane', eq: laneOf('redelivery', webhookId, epoch) };
    const waiting = await this.parts.deliveries.count([lane, { field: 'dueAt', exists: true }], MOST_WAITING);
    return MOST_WAITING - waiting;
  }

  /** As many of the page as it can before the webhook or the job comes to its end, a few at a time. */
  async #ask(webhookId: string, page: readonly Listed[]): Promise<void> {
    const { ratePerSecond } = this.#state;
    const turn = Math.max(1, Math.floor(ratePerSecond / TURNS_PER_SECOND));
    let [done, recorded, requested] = [0, 0, 0];
    const record = async () => {
      const last = page[done - 1];
      if (!last || done === recorded) return;
      const cursor = { webhookId, eventPosition: last.eventPosition };
      const counts = { requested, passed: done - recorded - requested };
      [recorded, requested] = [done, 0];
      await this.#record({ cursor, ...counts });
    };
    while (done < page.length) {
      const lane = await this.#turnOf(webhookId);
      if (!lane) break;
      const asking: Promise<boolean>[] = [];
      while (asking.length < turn && done < page.length) {
        const next = page[done++];
        const request = next && requestOf(this.document, next, lane, this.parts.clock.now());
        if (request) asking.push(this.#request(request));
      }
      this.#askAgainAt = this.parts.clock.now() + (asking.length * 1_000) / ratePerSecond;
      requested += (await Promise.all(asking)).filter(Boolean).length;
      if (this.parts.clock.now() >= this.#recordAgainAt) await record();
    }
    await record();
  }

  #isThrough(webhookId: string, page: readonly Listed[]): boolean {
    const last = page.at(-1);
    return !last || this.#state.cursors[webhookId] === last.eventPosition;
  }

  /** The lane when it is time to ask for more; undefined when there is no more to ask for. */
  async #turnOf(webhookId: string): Promise<Lane | undefined> {
    for (;;) {
      const lane = this.parts.lanes.get(webhookId);
      if (this.#isOver || !lane?.enabled) return undefined;
      if (this.parts.clock.now() >= this.#askAgainAt) return lane;
      this.#pause.listen();
      await this.#pause.until(this.#askAgainAt);
    }
  }

  /** False if it is refused: it has been redelivered meanwhile, or has succeeded after all. */
  async #request(command: RequestRedelivery): Promise<boolean> {
    const { store, ids } = this.parts;
    const stream = `${delivery.category}-${command.data.deliveryId}`;
    try {
      const { events } = await decideAndAppend(store, ids, delivery, stream, command);
      this.#asked = Math.max(this.#asked, events.at(-1)?.position ?? -1);
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  async #record(progress: Omit<RecordProgress['data'], 'redeliveryId'>): Promise<void> {
    const { redeliveryId } = this.document;
    await this.#execute(new RecordProgress({ redeliveryId, ...progress }, this.#metadata()));
    this.#recordAgainAt = this.parts.clock.now() + RECORD_EVERY_MS;
  }

  #finish(reason: EndReason): Promise<void> {
    const { redeliveryId } = this.document;
    return this.#execute(new FinishRedelivery({ redeliveryId, reason }, this.#metadata()));
  }

  #metadata() {
    return { at: this.parts.clock.now(), actor: 'system', traceId: this.document.traceId };
  }

  /** Decides on the state it knows, and on the stream if somebody else has changed that. */
  async #execute(command: RedeliveryCommand): Promise<void> {
    const { store, ids } = this.parts;
    const stream = `${redelivery.category}-${this.document.redeliveryId}`;
    const decided = redelivery.decide(command, this.#state);
    if (decided.length === 0) return;
    const events = decided.map((event) => ({ ...event, id: ids.uuid() }));
    try {
      const { at, actor, traceId } = command.metadata;
      await store.append({ stream, expected: this.#revision, events, metadata: { at, actor, traceId } });
      this.#state = decided.reduce(redelivery.evolve, this.#state as Redelivery | undefined) ?? this.#state;
      this.#revision += decided.length;
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
      const { state, revision } = await decideAndAppend(store, ids, redelivery, stream, command);
      this.#state = state ?? this.#state;
      this.#revision = revision;
    }
  }
}
