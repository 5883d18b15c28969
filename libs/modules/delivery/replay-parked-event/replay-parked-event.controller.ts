import { Controller, Inject, Optional, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, FromPath, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import { conflict, Refusal, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { PLATFORM_STREAMS, type PlatformStreams } from '../../../platform/platform-streams/index.ts';
import { MessageIntake } from '../ingest-events/message-intake.ts';
import { RecordReplay } from '../parked-event/parked-event.commands.ts';
import type { ParkReason } from '../parked-event/parked-event.events.ts';
import { parkedEventView, settledExample, type ParkedEventView } from '../parked-event/parked-event-view.ts';
import { ParkedEvents } from '../parked-event/parked-events.ts';
import type { ParkedEventDocument } from '../parked-event/parked-events.projection.ts';

const because: Record<ParkReason, string> = {
  malformed: 'it cannot be read',
  'unknown-workspace': 'its workspace is not known',
  invalid: 'it is not valid',
  conflict: 'its id is taken by another event',
  failed: 'it cannot be taken in',
};

@ApiTags('Ingestion')
@Controller('ingestion/parked')
export class ReplayParkedEventController {
  constructor(
    @Optional() @Inject(PLATFORM_STREAMS) private readonly streams: PlatformStreams | undefined,
    private readonly intake: MessageIntake,
    private readonly parkedEvents: ParkedEvents,
  ) {}

  @Post(':id/replay')
  @Route({
    summary: 'Take a parked event in after all',
    description:
      "The event is read again from the platform's stream, and taken in as if it had just come; replaying it again changes nothing. 409 when it is refused again, with the `errors`, and it stays parked; also when it was dropped, or is no longer in its stream.",
    scope: 'ingestion:write',
    success: { status: 200, schema: parkedEventView, example: settledExample('replayed') },
    errors: [404, 409, 503],
  })
  async replay(
    @FromPath('id') id: string,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
  ): Promise<ParkedEventView> {
    const document = await this.parkedEvents.one(id, caller);
    if (document.status === 'dropped') throw conflict('The parked event was dropped.');
    if (document.status === 'parked') await this.#takeIn(document, caller, metadata);
    return this.parkedEvents.settle(new RecordReplay({ parkedId: document.parkedId }, metadata), document);
  }

  async #takeIn(
    { stream, revision }: ParkedEventDocument,
    caller: Principal,
    metadata: CommandMetadata,
  ): Promise<void> {
    if (!this.streams) throw conflict('No streams of the platform are configured (INGEST_STREAMS).');
    const message = await this.streams.read(stream, revision);
    if (!message) throw conflict("The event is no longer in the platform's stream.");
    const [verdict] = await this.intake.take([message], caller, metadata);
    if (verdict?.status === 'unavailable') throw verdict.error;
    if (verdict?.status === 'refused')
      throw new Refusal('conflict', `The event was refused again: ${because[verdict.reason]}.`, {
        errors: verdict.errors,
      });
  }
}
