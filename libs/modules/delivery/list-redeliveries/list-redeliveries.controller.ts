import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  Caller,
  FromQuery,
  pageOf,
  paging,
  Route,
  visibleTo,
  WorkspaceIfGiven,
  type Principal,
} from '../../../platform/http/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection, Condition } from '../../../platform/read-model/index.ts';
import { redeliveries, type RedeliveryDocument } from '../redelivery/redeliveries.projection.ts';
import { redeliveryStatuses } from '../redelivery/redelivery.decider.ts';
import { Redeliveries } from '../redelivery/redeliveries.ts';
import { redeliveryExample, redeliveryView } from '../redelivery/redelivery-view.ts';

const querySchema = z.strictObject({
  workspace: z.string().max(128).optional().describe('As the header `Workspace` asks for'),
  webhook: z.string().max(128).optional().describe('The id of the webhook'),
  status: z.enum(redeliveryStatuses).optional(),
  ...paging,
});
type ListQuery = z.infer<typeof querySchema>;

const pageSchema = pageOf(redeliveryView);

@ApiTags('Deliveries')
@Controller('redeliveries')
export class ListRedeliveriesController {
  constructor(
    @InjectDocuments(redeliveries) private readonly documents: Collection<RedeliveryDocument>,
    private readonly redeliveries: Redeliveries,
  ) {}

  @Get()
  @Route({
    summary: 'List bulk redeliveries, newest first',
    description: 'Of the workspaces the caller reaches, or of the one the header names.',
    scope: 'deliveries:read',
    success: { status: 200, schema: pageSchema, example: { items: [redeliveryExample], nextCursor: null } },
    errors: [400, 404],
  })
  async list(
    @FromQuery(querySchema) { workspace, webhook, status, limit, cursor }: ListQuery,
    @WorkspaceIfGiven() workspaceId: string | undefined,
    @Caller() caller: Principal,
  ): Promise<z.infer<typeof pageSchema>> {
    const equal = { workspaceId: workspace, webhookId: webhook, status };
    const where: Condition[] = [
      ...visibleTo(caller, workspaceId),
      ...Object.entries(equal).flatMap(([field, value]) => (value === undefined ? [] : [{ field, eq: value }])),
    ];
    const page = await this.documents.find({ where, sort: { field: 'startedAt', direction: 'desc' }, limit, cursor });
    const items = await Promise.all(page.items.map(({ document }) => this.redeliveries.view(document)));
    return { items, nextCursor: page.nextCursor };
  }
}
