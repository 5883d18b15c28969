import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { EVENT_STORE, WrongExpectedRevision, type EventStore } from '../../../platform/event-store/index.ts';
import { derivedId } from '../../../platform/kernel/index.ts';
import type { EventFannedOut } from '../platform-event/platform-event.events.ts';
import { platformEventStream } from '../platform-event/platform-event-stream.ts';
import { RecordFanOut } from './fan-out.commands.ts';

/**
 * Appends without reading: the stream holds the event and the parts before this one. If it holds more, an earlier run recorded
 * this very decision, which stands.
 */
@CommandHandler(RecordFanOut)
export class RecordFanOutHandler implements ICommandHandler<RecordFanOut> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async execute({ data, metadata }: RecordFanOut): Promise<void> {
    const { at, actor, traceId } = metadata;
    const event: EventFannedOut = { type: 'EventFannedOut', data };
    const id = derivedId('fan-out', data.eventId, data.part);
    const append = { stream: platformEventStream(data.eventId), expected: data.part, events: [{ ...event, id }] };
    try {
      await this.store.append({ ...append, metadata: { at, actor, traceId } });
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
    }
  }
}
