import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, FromQuery, Route, visibleTo, type Principal } from '../../../platform/http/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection, Condition } from '../../../platform/read-model/index.ts';
import { documentedFailure } from '../envelope/failure.ts';
import { locationWebhooks, type LocationWebhook } from '../webhook-record/location-webhooks.projection.ts';
import { ReachedLocations } from '../webhook-record/reached-locations.ts';
import { countLeftOut, MOST_LEFT_OUT, pageExample, pageOf, pageSchema, type ListPage } from './list-page.ts';
import { querySchema, readQuery, type ListQuery } from './list-query.ts';

const LEFT_OUT = 'Carillon-Left-Out';
const NOWHERE: readonly Condition[] = [{ field: 'workspaceId', in: [] }];

@ApiTags('Location webhooks')
@Controller('api/sys/webhooks')
export class ListLocationWebhooksController {
  constructor(
    @InjectDocuments(locationWebhooks) private readonly documents: Collection<LocationWebhook>,
    private readonly locations: ReachedLocations,
  ) {}

  @Get()
  @Route({
    summary: 'List the webhooks of locations',
    description:
      'Those of every location within reach for which all that is asked holds. Pages go by number, so that a change between two may ' +
      'move records from one to the other. Webhooks that no record can express are left out. It is the role WebHook-List.',
    scope: 'location-webhooks:list',
    basic: true,
    success: {
      status: 200,
      schema: pageSchema,
      example: pageExample,
      headers: {
        [LEFT_OUT]: `How many webhooks of the same locations are left out, up to ${MOST_LEFT_OUT}; absent for none`,
      },
    },
    errors: [400],
    failure: documentedFailure,
  })
  async list(
    @Caller() caller: Principal,
    @FromQuery(querySchema, readQuery) query: ListQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListPage> {
    const reach = await this.#within(query, caller);
    const [page, leftOut] = await Promise.all([
      pageOf(this.documents, reach, query),
      countLeftOut(this.documents, reach, query),
    ]);
    if (leftOut > 0) void reply.header(LEFT_OUT, String(leftOut));
    return page;
  }

  /** A location is looked for by its workspace, which documents have an index for. */
  async #within({ WebHook_Business: businessId }: ListQuery, caller: Principal): Promise<readonly Condition[]> {
    if (businessId === undefined) return visibleTo(caller, undefined);
    const workspaceId = await this.locations.workspaceOf(businessId, caller);
    return workspaceId === undefined ? NOWHERE : visibleTo(caller, workspaceId);
  }
}
