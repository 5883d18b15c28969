import { Controller, Header, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Caller, FromPath, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import { Refusal, type CommandMetadata, type Ids } from '../../../platform/kernel/index.ts';
import { IDS } from '../../../platform/runtime/index.ts';
import { RotateApiClientSecret } from '../api-client/api-client.commands.ts';
import {
  apiClientWithSecretExample,
  apiClientWithSecretView,
  viewOfApiClient,
  type ApiClientWithSecretView,
} from '../api-client/api-client.view.ts';
import { ResidentApiClients } from '../api-client/resident-api-clients.ts';
import { hashSecret } from '../../../platform/credentials/index.ts';
import { beyond } from '../scopes.ts';

@ApiTags('API clients')
@Controller('api-clients')
export class RotateApiClientSecretController {
  constructor(
    private readonly commands: CommandBus,
    private readonly clients: ResidentApiClients,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  @Post(':id/rotate-secret')
  @Header('Cache-Control', 'no-store')
  @Route({
    summary: 'Replace the secret of an API client',
    description:
      'The old secret ends at once; tokens it was exchanged for stay valid until they expire. The answer is the only place where ' +
      'the new secret is shown, so the caller must hold every scope of the client.',
    scope: 'api-clients:write',
    success: { status: 200, schema: apiClientWithSecretView, example: apiClientWithSecretExample },
    errors: [404, 409],
  })
  async rotate(
    @FromPath('id') clientId: string,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
  ): Promise<ApiClientWithSecretView> {
    const client = this.clients.within(caller, clientId);
    const excess = beyond(client.scopes, caller.scopes);
    if (excess.length > 0) {
      throw new Refusal('forbidden', `The client may do more than the token that asks: ${excess.join(', ')}.`);
    }
    const clientSecret = this.ids.token(64);
    const secretHash = await hashSecret(clientSecret, this.ids.token(22));
    await this.commands.execute(new RotateApiClientSecret({ clientId, secretHash }, metadata));
    return { ...viewOfApiClient({ ...client, secretRotatedAt: metadata.at }), clientSecret };
  }
}
