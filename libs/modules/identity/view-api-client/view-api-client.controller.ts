import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, FromPath, Route, type Principal } from '../../../platform/http/index.ts';
import { apiClientExample, apiClientView, viewOfApiClient, type ApiClientView } from '../api-client/api-client.view.ts';
import { ResidentApiClients } from '../api-client/resident-api-clients.ts';

@ApiTags('API clients')
@Controller('api-clients')
export class ViewApiClientController {
  constructor(private readonly clients: ResidentApiClients) {}

  @Get(':id')
  @Route({
    summary: 'View an API client',
    description: 'Never its secret.',
    scope: 'api-clients:read',
    success: { status: 200, schema: apiClientView, example: apiClientExample },
    errors: [404],
  })
  view(@FromPath('id') clientId: string, @Caller() caller: Principal): ApiClientView {
    return viewOfApiClient(this.clients.within(caller, clientId));
  }
}
