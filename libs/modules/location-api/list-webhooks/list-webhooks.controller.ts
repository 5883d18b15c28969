import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, FromQuery, Route, visibleTo, type Principal } from '../../../platform/http/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { documentedFailure } from '../envelope/failure.ts';
import { locationWebhooks, type LocationWebhook } from '../webhook-record/location-webhooks.projection.ts';
import { countLeftOut, MOST_LEFT_OUT, pageExample, pageOf, pageSchema, type ListPage } from './list-page.ts';
import { querySchema, readQuery, type ListQuery } from './list-query.ts';

const LEFT_OUT = 'Carillon-Left-Out';

@ApiTags('Location webhooks')
@Controller('api/sys/webhooks')
export class ListLocationWebhooksController {
  constructor(@InjectDocuments(locationWebhooks) private readonly documents: Collection<LocationWebhook>) {}

  @Get()
  @Route({
    summary: 'List the webhooks of locations',
    description:
      'Those of every location within reach for which all that is asked holds. Pages go by number, so that a change between two may ' +
      'move records from one to the other. Webhooks that no record can express are left out; of how many, of the same locations, ' +
      `\`${LEFT_OUT}\` in the answer tells, counting to ${MOST_LEFT_OUT}.`,
    scope: 'location-webhooks:list',
    basic: true,
    success: { status: 200, schema: pageSchema, example: pageExample },
    errors: [400],
    failure: documentedFailure,
  })
  async list(
    @Caller() caller: Principal,
    @FromQuery(querySchema, readQuery) query: ListQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListPage> {
    const reach = visibleTo(caller, undefined);
    const [page, leftOut] = await Promise.all([
      pageOf(this.documents, reach, query),
      countLeftOut(this.documents, reach, query),
    ]);
    if (leftOut > 0) void reply.header(LEFT_OUT, String(leftOut));
    return page;
  }
}
