import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { EVENT_STORE, type EventStore } from '../../../platform/event-store/index.ts';
import { Caller, FromPath, Route, type Principal } from '../../../platform/http/index.ts';
import { notFound, type Recorded } from '../../../platform/kernel/index.ts';
import { deliveryIdOf } from '../delivery/delivery-id.ts';
import { platformEventStream } from '../platform-event/platform-event-stream.ts';
import type { PlatformEvent } from '../platform-event/platform-event.events.ts';
import { publishExample } from '../publish-events/publish-example.ts';

const eventView = z.object({
  id: z.string(),
  type: z.string(),
  workspaceId: z.string(),
  timestamp: z.iso.datetime(),
  receivedAt: z.iso.datetime(),
  data: z.record(z.string(), z.unknown()),
  deliveries: z
    .array(z.object({ id: z.string(), webhookId: z.string(), workspaceId: z.string() }))
    .describe('Those the caller may see; empty until the event has been fanned out'),
});

@ApiTags('Events')
@Controller('events')
export class ViewEventController {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  @Get(':id')
  @Route({
    summary: 'View a platform event and to whom it is owed',
    scope: 'events:read',
    success: {
      status: 200,
      schema: eventView,
      example: {
        ...publishExample,
        timestamp: '2021-07-30T18:40:00.000Z',
        receivedAt: '2026-11-02T09:00:00.000Z',
        deliveries: [],
      },
    },
    errors: [404],
  })
  async view(@FromPath('id') id: string, @Caller() caller: Principal): Promise<z.infer<typeof eventView>> {
    const events = (await this.store.readStream(platformEventStream(id))) as readonly Recorded<PlatformEvent>[];
    const received = events.find((event) => event.type === 'PlatformEventReceived');
    if (!received || !caller.reaches(received.data.workspaceId)) throw notFound('The event');
    const { eventId, type, workspaceId, timestamp, data } = received.data;
    const owed = events.flatMap((event) =>
      event.type === 'EventFannedOut'
        ? [...event.data.deliveries, ...(event.data.skipped ?? [])].map((each) => ({ ...each, of: event.data }))
        : [],
    );
    return {
      id: eventId,
      type,
      workspaceId,
      timestamp: new Date(timestamp).toISOString(),
      receivedAt: new Date(received.metadata.at).toISOString(),
      data,
      deliveries: owed
        .filter((delivery) => caller.reaches(delivery.workspaceId))
        .map(({ webhookId, workspaceId: its, of }) => ({
          id: deliveryIdOf(of, webhookId),
          webhookId,
          workspaceId: its,
        })),
    };
  }
}
