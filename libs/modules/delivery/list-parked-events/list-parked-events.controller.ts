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
import { parkedEventStatuses } from '../parked-event/parked-event.decider.ts';
import { parkedEventExample, parkedEventView, viewOf } from '../parked-event/parked-event-view.ts';
import { parkedEvents, type ParkedEventDocument } from '../parked-event/parked-events.projection.ts';

const querySchema = z.strictObject({ status: z.enum(parkedEventStatuses).optional(), ...paging });
type ListQuery = z.infer<typeof querySchema>;

const pageSchema = pageOf(parkedEventView);

@ApiTags('Ingestion')
@Controller('ingestion/parked')
export class ListParkedEventsController {
  constructor(@InjectDocuments(parkedEvents) private readonly documents: Collection<ParkedEventDocument>) {}

  @Get()
  @Route({
    summary: "List events of the platform's streams that were not taken in, newest first",
    description:
      'Of the workspaces the caller reaches, or of the one the header names. Those of no known workspace are shown to who reaches the root.',
    scope: 'ingestion:read',
    success: { status: 200, schema: pageSchema, example: { items: [parkedEventExample], nextCursor: null } },
    errors: [400, 404],
  })
  async list(
    @FromQuery(querySchema) { status, limit, cursor }: ListQuery,
    @WorkspaceIfGiven() workspaceId: string | undefined,
    @Caller() caller: Principal,
  ): Promise<z.infer<typeof pageSchema>> {
    const where: Condition[] = [
      ...visibleTo(caller, workspaceId),
      ...(status === undefined ? [] : [{ field: 'status', eq: status }]),
    ];
    const page = await this.documents.find({ where, sort: { field: 'parkedAt', direction: 'desc' }, limit, cursor });
    return { items: page.items.map(({ document }) => viewOf(document)), nextCursor: page.nextCursor };
  }
}
