import { Controller, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { FromPath, IfMatch, InWorkspace, Metadata, Route } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { WebhookAnswer, type ExecutedOnWebhook } from '../webhook/webhook-answer.ts';
import { webhookExample, webhookSchema, type WebhookView } from '../webhook/webhook-view.ts';
import { DisableWebhook } from '../webhook/webhook.commands.ts';

@ApiTags('Webhooks')
@Controller('settings/webhooks')
export class DisableWebhookController {
  constructor(
    private readonly commands: CommandBus,
    private readonly answer: WebhookAnswer,
  ) {}

  @Post(':id/disable')
  @Route({
    summary: 'Disable a webhook',
    description: 'Its configuration and its unfinished deliveries are kept; new events are not matched to it.',
    scope: 'webhooks:write',
    success: { status: 200, schema: webhookSchema, example: { ...webhookExample, status: 'disabled' } },
    errors: [400, 404, 409, 412],
  })
  async disable(
    @InWorkspace() workspaceId: string,
    @FromPath('id') webhookId: string,
    @IfMatch() expectedRevision: number | undefined,
    @Metadata() metadata: CommandMetadata,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookView> {
    const command = new DisableWebhook({ webhookId, workspaceId, by: 'admin' }, { ...metadata, expectedRevision });
    const executed = await this.commands.execute<DisableWebhook, ExecutedOnWebhook>(command);
    return this.answer.to(executed, metadata, reply);
  }
}
