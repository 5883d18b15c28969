import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, FromPath, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { DropParkedEvent } from '../parked-event/parked-event.commands.ts';
import { parkedEventView, settledExample, type ParkedEventView } from '../parked-event/parked-event-view.ts';
import { ParkedEvents } from '../parked-event/parked-events.ts';

@ApiTags('Ingestion')
@Controller('ingestion/parked')
export class DropParkedEventController {
  constructor(private readonly parkedEvents: ParkedEvents) {}

  @Post(':id/drop')
  @Route({
    summary: 'Give a parked event up',
    description:
      "It stays in the platform's stream and is not taken in. Dropping it again changes nothing. 409 when it was replayed.",
    scope: 'ingestion:write',
    success: { status: 200, schema: parkedEventView, example: settledExample('dropped') },
    errors: [404, 409],
  })
  async drop(
    @FromPath('id') id: string,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
  ): Promise<ParkedEventView> {
    const document = await this.parkedEvents.one(id, caller);
    return this.parkedEvents.settle(new DropParkedEvent({ parkedId: document.parkedId }, metadata), document);
  }
}
