import { Controller, Delete } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { FromPath, IfMatch, InWorkspace, Metadata, Route } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { DiscardDraft } from '../webhook/webhook.commands.ts';

@ApiTags('Drafts')
@Controller('settings/webhooks')
export class DiscardDraftController {
  constructor(private readonly commands: CommandBus) {}

  @Delete(':id/draft')
  @Route({
    summary: 'Discard the draft of a webhook',
    description:
      'The webhook stays as it is. No other draft is made by itself before the version expires that it was on when the draft was made.',
    scope: 'webhooks:write',
    success: { status: 204 },
    errors: [400, 404, 409, 412],
  })
  async discard(
    @InWorkspace() workspaceId: string,
    @FromPath('id') webhookId: string,
    @IfMatch() expectedRevision: number | undefined,
    @Metadata() metadata: CommandMetadata,
  ): Promise<void> {
    await this.commands.execute(new DiscardDraft({ webhookId, workspaceId }, { ...metadata, expectedRevision }));
  }
}
