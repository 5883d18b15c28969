import { Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { FromPath, IfMatch, InWorkspace, Metadata, Route } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { CancelHeld } from '../webhook/webhook.commands.ts';

@ApiTags('Webhooks')
@Controller('settings/webhooks')
export class CancelHeldController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/cancel-held')
  @Route({
    summary: 'Cancel the held deliveries of a webhook',
    description: 'They are never sent; the webhook itself stays as it is.',
    scope: 'webhooks:write',
    success: { status: 202 },
    errors: [400, 404, 409, 412],
  })
  async cancel(
    @InWorkspace() workspaceId: string,
    @FromPath('id') webhookId: string,
    @IfMatch() expectedRevision: number | undefined,
    @Metadata() metadata: CommandMetadata,
  ): Promise<void> {
    await this.commands.execute(new CancelHeld({ webhookId, workspaceId }, { ...metadata, expectedRevision }));
  }
}
