import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, FromPath, Route, type Principal } from '../../../platform/http/index.ts';
import { Redeliveries } from '../redelivery/redeliveries.ts';
import { redeliveryExample, redeliveryView, type RedeliveryView } from '../redelivery/redelivery-view.ts';

@ApiTags('Deliveries')
@Controller('redeliveries')
export class ViewRedeliveryController {
  constructor(private readonly redeliveries: Redeliveries) {}

  @Get(':id')
  @Route({
    summary: 'View a bulk redelivery and how far it has got',
    description: 'How many it has asked for, and what has become of those.',
    scope: 'deliveries:read',
    success: { status: 200, schema: redeliveryView, example: redeliveryExample },
    errors: [404],
  })
  async view(@FromPath('id') id: string, @Caller() caller: Principal): Promise<RedeliveryView> {
    return this.redeliveries.view(await this.redeliveries.one(id, caller.reaches));
  }
}
