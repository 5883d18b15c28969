import { Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { FromPath, IfMatch, InWorkspace, Metadata, Route } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { ReleaseHeld } from '../webhook/webhook.commands.ts';

@ApiTags('Webhooks')
@Controller('settings/webhooks')
export class ReleaseHeldController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/release-held')
  @Route({
    summary: 'Release the held deliveries of a webhook',
    description: 'Each begins its retry schedule anew. Refused with 409 while the webhook is disabled.',
    scope: 'webhooks:write',
    success: { status: 202 },
    errors: [400, 404, 409, 412],
  })
  async release(
    @InWorkspace() workspaceId: string,
    @FromPath('id') webhookId: string,
    @IfMatch() expectedRevision: number | undefined,
    @Metadata() metadata: CommandMetadata,
  ): Promise<void> {
    await this.commands.execute(new ReleaseHeld({ webhookId, workspaceId }, { ...metadata, expectedRevision }));
  }
}
