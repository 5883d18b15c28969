import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, FromPath, Route, type Principal } from '../../../platform/http/index.ts';
import { notFound } from '../../../platform/kernel/index.ts';
import { deliveryExample, deliveryView, type DeliveryView } from '../delivery/delivery-view.ts';
import { FindDeliveries } from '../list-deliveries/find-deliveries.ts';

@ApiTags('Deliveries')
@Controller('deliveries')
export class ViewDeliveryController {
  constructor(private readonly deliveries: FindDeliveries) {}

  @Get(':id')
  @Route({
    summary: 'View a delivery with its attempts',
    scope: 'deliveries:read',
    success: { status: 200, schema: deliveryView, example: deliveryExample },
    errors: [404],
  })
  async view(@FromPath('id') id: string, @Caller() caller: Principal): Promise<DeliveryView> {
    const document = await this.deliveries.one(id, caller.reaches);
    if (!document) throw notFound('The delivery');
    return this.deliveries.view(document);
  }
}
