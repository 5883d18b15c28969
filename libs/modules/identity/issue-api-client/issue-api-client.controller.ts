import { Controller, Header, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Caller, FromBody, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import { invalid, type CommandMetadata, type Ids } from '../../../platform/kernel/index.ts';
import { IDS } from '../../../platform/runtime/index.ts';
import { clientNameSchema, grantedScopesSchema, IssueApiClient } from '../api-client/api-client.commands.ts';
import {
  apiClientWithSecretExample,
  apiClientWithSecretView,
  viewOfApiClient,
  type ApiClientWithSecretView,
} from '../api-client/api-client.view.ts';
import { hashSecret } from '../../../platform/credentials/index.ts';
import { beyond } from '../scopes.ts';
import { workspaceIdSchema } from '../workspace/workspace.commands.ts';

const issue = z.strictObject({
  name: clientNameSchema,
  workspaceId: workspaceIdSchema.optional().describe("The caller's own if it is left out"),
  scopes: grantedScopesSchema.describe('At most those of the token that asks'),
});

const example = { name: 'Billing service', workspaceId: 'workspace123', scopes: ['events:publish', 'events:read'] };

@ApiTags('API clients')
@Controller('api-clients')
export class IssueApiClientController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  @Post()
  @Header('Cache-Control', 'no-store')
  @Route({
    summary: 'Issue an API client',
    description: 'The answer is the only place where its secret is shown.',
    scope: 'api-clients:write',
    success: { status: 201, schema: apiClientWithSecretView, example: apiClientWithSecretExample },
    errors: [400],
  })
  async issue(
    @FromBody(issue, example)
    { name, scopes, workspaceId: requested }: z.infer<typeof issue>,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
  ): Promise<ApiClientWithSecretView> {
    const workspaceId = requested ?? caller.workspaceId;
    if (!caller.reaches(workspaceId)) throw invalid('workspaceId', 'is not a workspace within reach');
    const excess = beyond(scopes, caller.scopes);
    if (excess.length > 0) throw invalid('scopes', `the token that asks lacks ${excess.join(', ')}`);
    const clientId = this.ids.token(32);
    const clientSecret = this.ids.token(64);
    const secretHash = await hashSecret(clientSecret, this.ids.token(22));
    await this.commands.execute(new IssueApiClient({ clientId, workspaceId, name, scopes, secretHash }, metadata));
    const view = viewOfApiClient({
      ...{ clientId, workspaceId, name, scopes, secretHash },
      status: 'active',
      issuedAt: metadata.at,
      secretRotatedAt: null,
      lastUsedAt: null,
      revokedAt: null,
    });
    return { ...view, clientSecret };
  }
}
