import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, FromPath, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { Redeliveries } from '../redelivery/redeliveries.ts';
import { redeliveryExample, redeliveryView, type RedeliveryView } from '../redelivery/redelivery-view.ts';

@ApiTags('Deliveries')
@Controller('redeliveries')
export class CancelRedeliveryController {
  constructor(private readonly redeliveries: Redeliveries) {}

  @Post(':id/cancel')
  @Route({
    summary: 'Cancel a bulk redelivery',
    description:
      'It asks for nothing more; what it has asked for already is delivered. Cancelling it again changes nothing. 409 when it has finished.',
    scope: 'deliveries:write',
    success: {
      status: 200,
      schema: redeliveryView,
      example: { ...redeliveryExample, status: 'cancelled', endedAt: '2026-11-02T09:00:26.000Z' },
    },
    errors: [404, 409],
  })
  async cancel(
    @FromPath('id') id: string,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
  ): Promise<RedeliveryView> {
    return this.redeliveries.cancel(await this.redeliveries.one(id, caller.reaches), metadata);
  }
}
