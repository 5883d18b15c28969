import { Controller, Delete } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Caller, FromPath, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { RevokeApiClient } from '../api-client/api-client.commands.ts';
import { ResidentApiClients } from '../api-client/resident-api-clients.ts';

@ApiTags('API clients')
@Controller('api-clients')
export class RevokeApiClientController {
  constructor(
    private readonly commands: CommandBus,
    private readonly clients: ResidentApiClients,
  ) {}

  @Delete(':id')
  @Route({
    summary: 'Revoke an API client',
    description: 'Final, and at once: tokens it was given are refused from then on. Repeating it changes nothing.',
    scope: 'api-clients:write',
    success: { status: 204 },
    errors: [404],
  })
  async revoke(
    @FromPath('id') clientId: string,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
  ): Promise<void> {
    this.clients.within(caller, clientId);
    await this.commands.execute(new RevokeApiClient({ clientId }, metadata));
  }
}
