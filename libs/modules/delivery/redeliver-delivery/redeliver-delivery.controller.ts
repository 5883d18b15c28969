import { Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Caller, FromPath, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import { conflict, notFound, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { RequestRedelivery } from '../delivery/delivery.commands.ts';
import { FindDeliveries } from '../list-deliveries/find-deliveries.ts';

const redeliveryAccepted = z.object({ deliveryId: z.string() });

@ApiTags('Deliveries')
@Controller('deliveries')
export class RedeliverDeliveryController {
  constructor(
    private readonly deliveries: FindDeliveries,
    private readonly commands: CommandBus,
  ) {}

  @Post(':id/redeliver')
  @Route({
    summary: 'Deliver again, with the same hook id and body',
    description:
      'Begins a new round of attempts; of a held delivery, this releases it. 409 while the delivery is being attempted, cancelled or a test, or its webhook is disabled.',
    scope: 'deliveries:write',
    success: {
      status: 202,
      schema: redeliveryAccepted,
      example: { deliveryId: '5bb7a9c2-8a40-8c1e-9d1f-0c4f6d2f9b11' },
    },
    errors: [404, 409],
  })
  async redeliver(
    @FromPath('id') id: string,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
  ): Promise<z.infer<typeof redeliveryAccepted>> {
    const document = await this.deliveries.one(id, caller.reaches);
    const lane = document && this.deliveries.laneOf(document);
    if (!document || !lane) throw notFound('The delivery');
    if (document.kind === 'test') throw conflict('A test is not redelivered; ask the webhook for another.');
    const status = this.deliveries.status(document);
    if (status === 'cancelled') throw conflict('The delivery was cancelled.');
    if (!lane.enabled) throw conflict('The webhook is disabled; enable it first.');
    if (status === 'pending') throw conflict('The delivery is still being attempted.');
    const { deliveryId, webhookId, workspaceId } = document;
    const cause = status === 'held' ? 'release' : 'redelivery';
    await this.commands.execute(
      new RequestRedelivery({ deliveryId, webhookId, workspaceId, epoch: lane.epoch, cause }, metadata),
    );
    return { deliveryId };
  }
}
