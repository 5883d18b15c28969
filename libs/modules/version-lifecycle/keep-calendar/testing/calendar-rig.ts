import type { CommandBus } from '@nestjs/cqrs';
import { decideAndAppend, type EventStore } from '../../../../platform/event-store/index.ts';
import type { Clock, Recorded } from '../../../../platform/kernel/index.ts';
import type { Ownerships } from '../../../../platform/leases/index.ts';
import { Projections } from '../../../../platform/processing/index.ts';
import { logger, type Stores } from '../../../../platform/processing/testing/stores.ts';
import { ManualClock, randomIds } from '../../../../platform/runtime/index.ts';
import {
  PostponeExpiration,
  ReleaseVersion,
  WithdrawVersion,
  type WebhookVersionCommand,
} from '../../webhook-version/webhook-version.commands.ts';
import { RELEASES, webhookVersion } from '../../webhook-version/webhook-version.decider.ts';
import type { WebhookVersionEvent } from '../../webhook-version/webhook-version.events.ts';
import { webhookVersions } from '../../webhook-version/webhook-versions.projection.ts';
import { VersionCalendar } from '../version-calendar.ts';

export type RigOptions = {
  /** By which the calendar goes, if that is not the rig's own. */
  readonly clock?: Clock;
  readonly ownerships?: Ownerships;
  /** Through which the calendar knows the versions. */
  readonly followed?: EventStore;
};

/** The keeper of the calendar on real stores. */
export class CalendarRig {
  calendar!: VersionCalendar;
  #projections: Projections | undefined;
  /** Called before what the calendar asks for is done, which fails when this throws. */
  asked: () => void = () => undefined;
  /** Nothing that is appended is known to the calendar yet. */
  isBehind = false;

  constructor(
    private readonly stores: Stores,
    readonly clock = new ManualClock(Date.parse('2027-01-31T10:00:00Z')),
  ) {}

  /** As a new process: the calendar knows the versions, and is not started. */
  async open({ clock = this.clock, ownerships, followed = this.stores.events }: RigOptions = {}): Promise<void> {
    const projections = new Projections(followed, this.stores.readModel, logger);
    const versions = await projections.resident(webhookVersions);
    await projections.start();
    this.#projections = projections;
    const commands = { execute: (command: WebhookVersionCommand) => this.#asked(command) } as unknown as CommandBus;
    this.calendar = new VersionCalendar(clock, randomIds, logger, versions as never, commands, ownerships);
    this.stores.running({ stop: () => this.stop() });
  }

  async start(options: RigOptions = {}): Promise<void> {
    await this.open(options);
    await this.calendar.start();
    await this.settled();
  }

  async stop(): Promise<void> {
    await this.calendar.stop();
    await this.#projections?.stop();
    this.#projections = undefined;
  }

  async settled(): Promise<void> {
    if (!this.#projections) return;
    for (let head = -2; head !== (await this.stores.events.head());) {
      head = await this.stores.events.head();
      await this.#projections?.caughtUp();
      await this.calendar.idle();
    }
  }

  async moveTo(date: string): Promise<void> {
    this.clock.advanceTo(Date.parse(date));
    await this.settled();
  }

  release = (version: string, supersedes: string | null) =>
    this.#execute(new ReleaseVersion({ version, notes: '', triggers: {}, supersedes }, this.#metadata()));

  postpone = (version: string, expiresAt: string) =>
    this.#execute(new PostponeExpiration({ version, expiresAt: Date.parse(expiresAt) }, this.#metadata()));

  withdraw = (version: string) => this.#execute(new WithdrawVersion({ version, webhooks: 0 }, this.#metadata()));

  /** What came of the calendars: `<version> <milestone>`, with the day and minute it was recorded, in order. */
  async reached(): Promise<string[]> {
    const history = (await this.stores.events.readStream(
      `webhookVersion-${RELEASES}`,
    )) as Recorded<WebhookVersionEvent>[];
    return history.flatMap((event) => {
      const at = new Date(event.metadata.at).toISOString().slice(0, 16);
      if (event.type === 'VersionExpired') return [`${at} ${event.data.version} expired`];
      if (event.type !== 'MilestoneReached') return [];
      const { version, milestone, overtaken } = event.data;
      return [`${at} ${version} ${milestone}${overtaken ? ' overtaken' : ''}`];
    });
  }

  async #execute(command: WebhookVersionCommand): Promise<void> {
    await decideAndAppend(this.stores.events, randomIds, webhookVersion, `webhookVersion-${RELEASES}`, command);
    if (!this.isBehind) await this.settled();
  }

  async #asked(command: WebhookVersionCommand): Promise<void> {
    this.asked();
    await decideAndAppend(this.stores.events, randomIds, webhookVersion, `webhookVersion-${RELEASES}`, command);
  }

  #metadata = () => ({ at: this.clock.now(), actor: 'client:tester', traceId: 'trace' });
}
