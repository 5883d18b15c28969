import { Controller, Delete } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { FromPath, IfMatch, InWorkspace, Metadata, Route } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { RemoveWebhook } from '../webhook/webhook.commands.ts';

@ApiTags('Webhooks')
@Controller('settings/webhooks')
export class RemoveWebhookController {
  constructor(private readonly commands: CommandBus) {}

  @Delete(':id')
  @Route({
    summary: 'Remove a webhook',
    description: 'What is still owed to it is cancelled.',
    scope: 'webhooks:write',
    success: { status: 204 },
    errors: [400, 404, 409, 412],
  })
  async remove(
    @InWorkspace() workspaceId: string,
    @FromPath('id') webhookId: string,
    @IfMatch() expectedRevision: number | undefined,
    @Metadata() metadata: CommandMetadata,
  ): Promise<void> {
    await this.commands.execute(new RemoveWebhook({ webhookId, workspaceId }, { ...metadata, expectedRevision }));
  }
}
