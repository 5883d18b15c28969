import { Inject } from '@nestjs/common';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { EVENT_STORE, WrongExpectedRevision, type EventStore } from '../../../platform/event-store/index.ts';
import type { Ids } from '../../../platform/kernel/index.ts';
import { IDS } from '../../../platform/runtime/index.ts';
import { ReportBacklog } from '../../webhook-configuration/contract.ts';
import type { EventFannedOut } from '../platform-event/platform-event.events.ts';
import { platformEventStream } from '../platform-event/platform-event-stream.ts';
import { AlertBodies } from '../send-attempts/alert-bodies.ts';
import { RecordFanOut } from './fan-out.commands.ts';
import { OwedDeliveries } from './owed-deliveries.ts';

/**
 * Appends without reading: the stream holds the event and the parts before this one. If it holds more, an earlier run recorded
 * this very decision, which stands.
 */
@CommandHandler(RecordFanOut)
export class RecordFanOutHandler implements ICommandHandler<RecordFanOut> {
  /** By event: the part that is being recorded. */
  readonly #recording = new Map<string, Promise<void>>();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(IDS) private readonly ids: Ids,
    private readonly owed: OwedDeliveries,
    private readonly bodies: AlertBodies,
    private readonly commands: CommandBus,
  ) {}

  /** The parts of one event are asked for at once, and recorded one after the other. */
  execute(command: RecordFanOut): Promise<void> {
    const { eventId } = command.data;
    const before = this.#recording.get(eventId);
    const recording = before ? before.then(() => this.#record(command)) : this.#record(command);
    this.#recording.set(eventId, recording);
    return recording.finally(() => {
      if (this.#recording.get(eventId) === recording) this.#recording.delete(eventId);
    });
  }

  async #record(command: RecordFanOut): Promise<void> {
    for (const { webhookId, workspaceId } of command.data.deliveries) {
      if (!this.owed.isCounted(webhookId)) await this.#count(webhookId, workspaceId, command);
    }
    const { at, actor, traceId } = command.metadata;
    const { alert, ...fact } = command.data;
    const { eventId, part } = fact;
    const event: EventFannedOut = { type: 'EventFannedOut', data: this.#withinBounds(fact) };
    this.bodies.keep(alert);
    const events = [{ ...event, id: this.ids.uuid() }];
    try {
      const metadata = { at, actor, traceId };
      await this.store.append({ stream: platformEventStream(eventId), expected: part, events, metadata });
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision) || !goesBeyond(error, part)) throw error;
    }
  }

  #withinBounds(data: EventFannedOut['data']): EventFannedOut['data'] {
    const admitted = data.deliveries.map((delivery) => ({ delivery, is: this.owed.admits(delivery.webhookId) }));
    const skipped = admitted.filter(({ is }) => !is).map(({ delivery }) => delivery);
    if (skipped.length === 0) return data;
    return { ...data, deliveries: admitted.filter(({ is }) => is).map(({ delivery }) => delivery), skipped };
  }

  #count(webhookId: string, workspaceId: string, { metadata }: RecordFanOut): Promise<void> {
    const { limit } = this.owed;
    return this.owed.count(webhookId, (full) =>
      this.commands.execute(new ReportBacklog({ webhookId, workspaceId, full, limit }, metadata)),
    );
  }
}

/** A stream that ends before the part lacks the one before it, and says nothing of this one. */
const goesBeyond = ({ actual }: WrongExpectedRevision, part: number): boolean =>
  actual !== 'no-stream' && actual > part;
