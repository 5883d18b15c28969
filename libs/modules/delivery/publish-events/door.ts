import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { EVENT_STORE, WrongExpectedRevision, type EventStore } from '../../../platform/event-store/index.ts';
import type { Principal } from '../../../platform/http/index.ts';
import type { CommandMetadata, FieldError, Ids, Recorded } from '../../../platform/kernel/index.ts';
import { IDS, LOGGER, type Logger } from '../../../platform/runtime/index.ts';
import { RegisterWorkspace, WORKSPACE_DIRECTORY, type WorkspaceDirectory } from '../../identity/contract.ts';
import { PAYLOAD_VERSIONS, type PayloadVersions } from '../../version-lifecycle/contract.ts';
import { NEVER_FIRES, TEST_TRIGGER } from '../../webhook-configuration/contract.ts';
import { fingerprint } from '../platform-event/digest.ts';
import { platformEventStream } from '../platform-event/platform-event-stream.ts';
import type { PlatformEventReceived } from '../platform-event/platform-event.events.ts';
import { fittingShape, type Fitting } from './fitting-shape.ts';
import { IntakeGate } from './intake-gate.ts';
import { MOST_DATA_BYTES, parseItem, type PublishedEvent, type PublishedItem } from './published-event.ts';
import { PublishedIds, type Stored } from './published-ids.ts';
import { registrationIn, WORKSPACE_CREATED } from './workspace-registration.ts';

/** An append that was started is not waited for, so that the items of a batch share a commit; wrapped, or `await` would wait. */
export type Admission = PublishedItem | { readonly append: Promise<PublishedItem> };

type Checked = Pick<PlatformEventReceived['data'], 'digest' | 'version'>;

const unpublishable = (message: string): Fitting => ({ version: '', errors: [{ field: 'type', message }] });
const UNKNOWN_TRIGGER = unpublishable('is not a trigger that can be published');
const SILENT_TRIGGER = unpublishable('is a trigger that never fires');
const outOfReach = (field: string): FieldError => ({ field, message: 'is not a workspace you reach' });

/** Where platform events come in: each is checked, and appended to a stream of its own, which is the idempotency check. */
@Injectable()
export class Door {
  readonly #published = new PublishedIds();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(WORKSPACE_DIRECTORY) private readonly directory: WorkspaceDirectory,
    @Inject(PAYLOAD_VERSIONS) private readonly versions: PayloadVersions,
    private readonly commands: CommandBus,
    private readonly gate: IntakeGate,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws {Refusal} `unavailable` when nothing would be taken now. */
  ask(): Promise<void> {
    return this.gate.ask();
  }

  /**
   * In the order given. Resolves once every accepted item is durable.
   * @throws {Refusal} `unavailable` when the installation cannot keep up; nothing was taken.
   * @throws {StoreUnavailable} when it cannot write; some items may have been taken, and are duplicates when they are sent again.
   */
  async take(items: readonly unknown[], caller: Principal, metadata: CommandMetadata): Promise<PublishedItem[]> {
    const outcomes = await this.takeEach(items, caller, metadata);
    return outcomes.map((outcome) => {
      if (outcome.status === 'rejected') throw outcome.reason;
      return outcome.value;
    });
  }

  /** The same, but each item says for itself what became of it; what follows one that could not be admitted is not tried. */
  takeEach(
    items: readonly unknown[],
    caller: Principal,
    metadata: CommandMetadata,
  ): Promise<PromiseSettledResult<PublishedItem>[]> {
    return this.gate.admit(async (done) => {
      const admissions: Admission[] = [];
      const failed: PromiseRejectedResult[] = [];
      try {
        for (const item of items) {
          const admission = this.#admit(item, caller, metadata);
          // Most items need not be waited for, and a batch is long.
          if (admission instanceof Promise) {
            admissions.push(await admission);
            done();
          } else admissions.push(admission);
        }
      } catch (error) {
        failed.push({ status: 'rejected', reason: error });
      }
      const settled = admissions.map(async (admission) => ('append' in admission ? admission.append : admission));
      return [...(await Promise.allSettled(settled)), ...failed];
    });
  }

  #admit(item: unknown, caller: Principal, metadata: CommandMetadata): Admission | Promise<Admission> {
    const parsed = parseItem(item);
    if ('errors' in parsed) return { id: parsed.id, status: 'invalid', errors: [...parsed.errors] };
    const { event } = parsed;
    const { version, errors: unfitting } = this.#fittingOf(event, metadata);
    const errors = [...unfitting];
    const print = fingerprint(event);
    if (print.bytes > MOST_DATA_BYTES)
      errors.push({ field: 'data', message: `is larger than ${MOST_DATA_BYTES / 1024} KiB` });
    const admit = (faults: FieldError[]): Admission => {
      if (faults.length > 0) return { id: event.id ?? null, status: 'invalid', errors: faults };
      const append = this.#publish(event, { version, digest: print.digest }, metadata);
      // It is awaited only after the items that follow, and may fail before: that alone must not count as unhandled.
      append.catch(() => undefined);
      return { append };
    };
    if (errors.length > 0 || caller.reaches(event.workspaceId)) return admit(errors);
    return this.#ensureWorkspace(event, version, caller, metadata).then(admit);
  }

  #fittingOf({ id, type, data }: PublishedEvent, { at }: CommandMetadata): Fitting {
    if (type === NEVER_FIRES) return SILENT_TRIGGER;
    const shapes = type === TEST_TRIGGER ? [] : this.versions.accepted(type, at);
    const fitting = fittingShape(data, shapes);
    if (!fitting) return UNKNOWN_TRIGGER;
    const { version } = fitting;
    if (version !== shapes[0]?.version) this.logger.debug({ eventId: id, type, version }, 'event in an older shape');
    return fitting;
  }

  /** A workspace this process has not heard of yet may be in the store: the directory catches up before it says no. */
  async #ensureWorkspace(
    event: PublishedEvent,
    version: string,
    caller: Principal,
    metadata: CommandMetadata,
  ): Promise<FieldError[]> {
    const { workspaceId } = event;
    if (!this.directory.get(workspaceId)) await this.directory.caughtUp();
    if (event.type === WORKSPACE_CREATED && !this.directory.get(workspaceId))
      return this.#register(event, version, caller, metadata);
    return caller.reaches(workspaceId) ? [] : [outOfReach('workspaceId')];
  }

  async #register(
    event: PublishedEvent,
    version: string,
    caller: Principal,
    metadata: CommandMetadata,
  ): Promise<FieldError[]> {
    const registration = await registrationIn(event, version, this.directory.rootId(), this.versions);
    if ('errors' in registration) return registration.errors;
    if (!caller.reaches(registration.data.parentWorkspaceId)) {
      return [outOfReach('data.parentWorkspaceId')];
    }
    // Registered by another request meanwhile, it stays as it is, and has to be in reach like any other.
    await this.commands.execute(new RegisterWorkspace(registration.data, metadata));
    await this.directory.caughtUp();
    return caller.reaches(event.workspaceId) ? [] : [outOfReach('workspaceId')];
  }

  async #publish(event: PublishedEvent, checked: Checked, metadata: CommandMetadata): Promise<PublishedItem> {
    const id = event.id ?? this.ids.uuid();
    const stored = await this.#published.store(id, () => this.#append(id, event, checked, metadata));
    if (stored.isNew) return { id, status: 'accepted' };
    return { id, status: stored.digest === checked.digest ? 'duplicate' : 'conflict' };
  }

  async #append(id: string, event: PublishedEvent, checked: Checked, metadata: CommandMetadata): Promise<Stored> {
    const { type, workspaceId, data, timestamp } = event;
    const received: PlatformEventReceived = {
      type: 'PlatformEventReceived',
      data: { eventId: id, type, workspaceId, timestamp: timestamp ?? metadata.at, data, ...checked },
    };
    const { at, actor, traceId } = metadata;
    const stream = platformEventStream(id);
    try {
      const events = [{ ...received, id: this.ids.uuid() }];
      const [first] = await this.store.append({
        stream,
        expected: 'no-stream',
        events,
        metadata: { at, actor, traceId },
      });
      if (first) this.gate.appended(first.position);
      return { digest: checked.digest, isNew: true };
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
      const [first] = (await this.store.readStream(stream, { limit: 1 })) as readonly Recorded<PlatformEventReceived>[];
      return { digest: first?.data.digest ?? '', isNew: false };
    }
  }
}
