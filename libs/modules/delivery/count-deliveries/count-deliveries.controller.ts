import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Caller, FromQuery, Route, visibleTo, WorkspaceIfGiven, type Principal } from '../../../platform/http/index.ts';
import { deliverySelection, isOutOfReach, type DeliverySelection } from '../list-deliveries/delivery-filter.ts';
import { CountDeliveries } from './count-deliveries.ts';

const deliveryCount = z.object({
  count: z.int().describe('Exact up to 10,000'),
  atLeast: z.boolean().describe('Whether there are, or may be, more'),
});

@ApiTags('Deliveries')
@Controller('deliveries/count')
export class CountDeliveriesController {
  constructor(private readonly deliveries: CountDeliveries) {}

  @Get()
  @Route({
    summary: 'Count deliveries',
    description:
      'Those that `GET /deliveries` lists with the same filters: up to 10,000 exactly, and of more that there are more. `pending`, `held` and `cancelled` follow from the webhook, and are counted webhook by webhook: where the answer covers more than 1,000 that may have any, those of 1,000, with `atLeast`.',
    scope: 'deliveries:read',
    success: { status: 200, schema: deliveryCount, example: { count: 88, atLeast: false } },
    errors: [400, 404],
  })
  async count(
    @FromQuery(deliverySelection) selection: DeliverySelection,
    @WorkspaceIfGiven() workspaceId: string | undefined,
    @Caller() caller: Principal,
  ): Promise<z.infer<typeof deliveryCount>> {
    if (isOutOfReach(selection, caller)) return { count: 0, atLeast: false };
    const sees = (id: string) => (workspaceId === undefined ? caller.reaches(id) : id === workspaceId);
    return this.deliveries.count(selection, visibleTo(caller, workspaceId), sees);
  }
}
