import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Interval } from '@nestjs/schedule';
import type { Clock, Ids, Instant } from '../../../platform/kernel/index.ts';
import { OWNERSHIPS, soleOwnerships, type Ownerships } from '../../../platform/leases/index.ts';
import {
  InjectResident,
  OwnedTasks,
  TASK_LEASE_MS,
  type ResidentDocuments,
} from '../../../platform/processing/index.ts';
import { Backoff, CLOCK, IDS, LOGGER, Pause, type Logger } from '../../../platform/runtime/index.ts';
import { ReachMilestones } from '../webhook-version/webhook-version.commands.ts';
import { webhookVersions, type WebhookVersionDocument } from '../webhook-version/webhook-versions.projection.ts';

type Due = { readonly version: string; readonly dueAt: Instant };

const CALENDAR = 'version-calendar';
const EVERY_MINUTE = 60_000;

/**
 * In one process at a time, has the milestones recorded that have come: what came while nobody kept the calendar in the order in which
 * it was due, the rest as it becomes due.
 */
@Injectable()
export class VersionCalendar {
  readonly #task: OwnedTasks;
  readonly #pause: Pause;
  readonly #idlers: (() => void)[] = [];
  #keeping: Promise<void> | undefined;
  #subscribed = false;
  #stopping = new AbortController();

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(LOGGER) private readonly logger: Logger,
    @InjectResident(webhookVersions) private readonly versions: ResidentDocuments<WebhookVersionDocument>,
    @Inject(CommandBus) private readonly commands: Pick<CommandBus, 'execute'>,
    @Inject(OWNERSHIPS) ownerships: Ownerships = soleOwnerships,
  ) {
    this.#pause = new Pause(clock, () => this.#settle());
    const end = () => this.#end();
    const task = { start: () => this.#begin(), watch: end, stop: end };
    this.#task = new OwnedTasks(ownerships('calendar', TASK_LEASE_MS), logger, () => task);
  }

  start(): Promise<void> {
    return this.#task.start([CALENDAR]);
  }

  /** Resolves when what was being recorded is. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#task.stop();
  }

  /** A timer does not ring in time on a machine that slept, or whose clock was set meanwhile. */
  @Interval(CALENDAR, EVERY_MINUTE)
  wake(): void {
    this.#pause.tell();
  }

  /** Resolves when nothing is due. */
  async idle(): Promise<void> {
    if (this.#isBusy) await new Promise<void>((resolve) => this.#idlers.push(resolve));
  }

  get #isBusy(): boolean {
    return this.#keeping !== undefined && !this.#pause.isOn;
  }

  #settle(): void {
    if (!this.#isBusy) for (const resolve of this.#idlers.splice(0)) resolve();
  }

  async #begin(): Promise<void> {
    this.#stopping = new AbortController();
    const { signal } = this.#stopping;
    const stopped = new Promise<boolean>((resolve) => signal.addEventListener('abort', () => resolve(false)));
    const caughtUp = async () => Promise.race([stopped, this.versions.follower?.caughtUp() ?? false]);
    if (!this.#subscribed) this.versions.onChange(() => this.#pause.tell());
    this.#subscribed = true;
    // A calendar that is behind would not know of what was postponed or withdrawn.
    if (!(await caughtUp()) && !signal.aborted) throw new Error('The versions are not followed any more.');
    this.#keeping = this.#keep(signal, caughtUp).finally(() => {
      this.#keeping = undefined;
      this.#settle();
    });
  }

  async #end(): Promise<void> {
    this.#stopping.abort();
    this.#pause.tell();
    await this.#keeping;
  }

  async #keep(stopping: AbortSignal, caughtUp: () => Promise<boolean>): Promise<void> {
    for (const backoff = new Backoff(); !stopping.aborted;) {
      this.#pause.listen();
      const next = this.#next();
      if (!next || next.dueAt > this.clock.now()) {
        await this.#pause.until(next?.dueAt ?? null);
        continue;
      }
      try {
        await this.#reach(next);
        const isKnown = await caughtUp();
        if (stopping.aborted) return;
        // As long as what it has brought is not known here, it would be due again at once.
        if (!isKnown || this.#isStill(next)) throw new Error('It is due as before.');
        backoff.reset();
      } catch (error) {
        this.logger.error({ err: error, version: next.version }, 'milestones not reached, will retry');
        await backoff.wait(stopping).catch(() => undefined);
      }
    }
  }

  /** What is due first; among equals, of the version that was released first. */
  #next(): Due | undefined {
    const due = this.versions
      .all()
      .flatMap(({ name, dueAt, order }) => (dueAt === null ? [] : [{ version: name, dueAt, order }]));
    return due.sort((one, other) => one.dueAt - other.dueAt || one.order - other.order)[0];
  }

  #isStill({ version, dueAt }: Due): boolean {
    return this.versions.get(version)?.dueAt === dueAt;
  }

  /** One due instant at a time, so that the milestones of several versions are recorded in the order in which they were due. */
  async #reach({ version, dueAt }: Due): Promise<void> {
    const metadata = { at: this.clock.now(), actor: 'system', traceId: this.ids.uuid().replaceAll('-', '') };
    await this.commands.execute(new ReachMilestones({ version, upTo: dueAt }, metadata));
  }
}
