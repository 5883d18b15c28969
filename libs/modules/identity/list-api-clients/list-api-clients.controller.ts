import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Caller, FromQuery, pageOf, paging, Route, type Principal } from '../../../platform/http/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection, Condition } from '../../../platform/read-model/index.ts';
import { apiClientExample, apiClientView, viewOfApiClient, type ApiClientView } from '../api-client/api-client.view.ts';
import { apiClients, type ApiClientDocument } from '../api-client/api-clients.projection.ts';

const query = z.strictObject({
  ...paging,
  workspaceId: z.string().min(1).max(128).optional().describe('Only those bound to this workspace'),
  status: apiClientView.shape.status.optional(),
});

@ApiTags('API clients')
@Controller('api-clients')
export class ListApiClientsController {
  constructor(@InjectDocuments(apiClients) private readonly documents: Collection<ApiClientDocument>) {}

  @Get()
  @Route({
    summary: 'List API clients',
    description: 'Those bound to a workspace within reach, newest first; never their secrets.',
    scope: 'api-clients:read',
    success: { status: 200, schema: pageOf(apiClientView), example: { items: [apiClientExample], nextCursor: null } },
    errors: [400],
  })
  async list(
    @FromQuery(query) { limit, cursor, workspaceId, status }: z.infer<typeof query>,
    @Caller() caller: Principal,
  ): Promise<{ items: ApiClientView[]; nextCursor: string | null }> {
    const reach = caller.reach();
    const where: Condition[] = [
      ...(reach === 'everything' ? [] : [{ field: 'workspaceId', in: reach }]),
      ...(workspaceId === undefined ? [] : [{ field: 'workspaceId', eq: workspaceId }]),
      ...(status === undefined ? [] : [{ field: 'status', eq: status }]),
    ];
    const page = await this.documents.find({ where, sort: { field: 'issuedAt', direction: 'desc' }, limit, cursor });
    return { items: page.items.map(({ document }) => viewOfApiClient(document)), nextCursor: page.nextCursor };
  }
}
