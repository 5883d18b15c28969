import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  Caller,
  FromQuery,
  pageOf,
  paging,
  Route,
  WorkspaceIfGiven,
  type Principal,
} from '../../../platform/http/index.ts';
import { conditionsOf, filters } from './activity-query.ts';
import { Entries } from './entries.ts';
import { entryExample, entryView } from './entry-view.ts';

const querySchema = z.strictObject({ ...filters, ...paging });
const pageSchema = pageOf(entryView);

@ApiTags('Activity')
@Controller('activity')
export class ListActivityController {
  constructor(private readonly entries: Entries) {}

  @Get()
  @Route({
    summary: 'Who did what, and when',
    description: 'Newest first: the whole reach of the token, or one workspace of it.',
    scope: 'activity:read',
    success: { status: 200, schema: pageSchema, example: { items: [entryExample], nextCursor: null } },
    errors: [400, 404],
  })
  async list(
    @WorkspaceIfGiven() workspaceId: string | undefined,
    @FromQuery(querySchema) { limit, cursor, ...asked }: z.infer<typeof querySchema>,
    @Caller() caller: Principal,
  ): Promise<z.infer<typeof pageSchema>> {
    return this.entries.page({ where: conditionsOf(caller, workspaceId, asked), limit, cursor }, caller);
  }
}
