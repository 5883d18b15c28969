import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  Caller,
  FromQuery,
  pageOf,
  paging,
  Route,
  workspacesOf,
  WorkspaceIfGiven,
  type Principal,
} from '../../../platform/http/index.ts';
import { deliveryExample, deliveryView } from '../delivery/delivery-view.ts';
import { deliveryStatuses } from '../delivery/delivery-status.ts';
import { FindDeliveries, type DeliveryPage } from './find-deliveries.ts';

export const deliveryFilter = z.strictObject({
  webhook: z.string().max(128).optional(),
  eventWorkspace: z
    .string()
    .max(128)
    .optional()
    .describe('The workspace of the event; the header `Workspace` is that of the webhook'),
  event: z.string().max(128).optional().describe('The id of the event, which is the hook id'),
  status: z.enum(deliveryStatuses).optional(),
  type: z.string().max(100).optional(),
  kind: z.enum(['event', 'test']).optional(),
  from: z.iso.datetime({ offset: true }).optional().describe('Created at or after'),
  to: z.iso.datetime({ offset: true }).optional().describe('Created before'),
  ...paging,
});
export type DeliveryFilter = z.infer<typeof deliveryFilter>;

@ApiTags('deliveries')
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
  list(
    @FromQuery(deliveryFilter) filter: DeliveryFilter,
    @WorkspaceIfGiven() workspaceId: string | undefined,
    @Caller() caller: Principal,
  ): Promise<DeliveryPage> {
    return this.deliveries.find(filter, workspacesOf(caller, workspaceId));
  }
}
