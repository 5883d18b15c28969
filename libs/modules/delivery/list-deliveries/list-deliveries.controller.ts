import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  Caller,
  FromQuery,
  pageOf,
  Route,
  visibleTo,
  WorkspaceIfGiven,
  type Principal,
} from '../../../platform/http/index.ts';
import { deliveryExample, deliveryView } from '../delivery/delivery-view.ts';
import { deliveryFilter, isOutOfReach, type DeliveryFilter } from './delivery-filter.ts';
import { FindDeliveries, type DeliveryPage } from './find-deliveries.ts';

@ApiTags('Deliveries')
@Controller('deliveries')
export class ListDeliveriesController {
  constructor(private readonly deliveries: FindDeliveries) {}

  @Get()
  @Route({
    summary: 'List deliveries, newest first',
    description:
      'Of the workspaces the caller reaches, or of the one the header names. A page may hold fewer items than asked for and still have a next one.',
    scope: 'deliveries:read',
    success: { status: 200, schema: pageOf(deliveryView), example: { items: [deliveryExample], nextCursor: null } },
    errors: [400, 404],
  })
  async list(
    @FromQuery(deliveryFilter) filter: DeliveryFilter,
    @WorkspaceIfGiven() workspaceId: string | undefined,
    @Caller() caller: Principal,
  ): Promise<DeliveryPage> {
    if (isOutOfReach(filter, caller)) return { items: [], nextCursor: null };
    return this.deliveries.find(filter, visibleTo(caller, workspaceId));
  }
}
