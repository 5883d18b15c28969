import { Controller, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { FromPath, IfMatch, InWorkspace, Metadata, Route } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { KnownVersions } from '../webhook/known-versions.ts';
import { WebhookAnswer, type ExecutedOnWebhook } from '../webhook/webhook-answer.ts';
import { webhookExample, webhookSchema, type WebhookView } from '../webhook/webhook-view.ts';
import { PublishDraft } from '../webhook/webhook.commands.ts';

@ApiTags('Drafts')
@Controller('settings/webhooks')
export class PublishDraftController {
  constructor(
    private readonly commands: CommandBus,
    private readonly answer: WebhookAnswer,
    private readonly known: KnownVersions,
  ) {}

  @Post(':id/draft/publish')
  @Route({
    summary: 'Publish the draft of a webhook',
    description:
      'The webhook goes on under its id, on the version of the draft and with its changes; what the draft does not change is as it is ' +
      'at this moment. A disabled webhook stays disabled. 409 if the version of the draft has expired or was withdrawn.',
    scope: 'webhooks:write',
    success: { status: 200, schema: webhookSchema, example: webhookExample },
    errors: [400, 404, 409, 412],
  })
  async publish(
    @InWorkspace() workspaceId: string,
    @FromPath('id') webhookId: string,
    @IfMatch() expectedRevision: number | undefined,
    @Metadata() metadata: CommandMetadata,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookView> {
    const versions = await this.known.for(webhookId, metadata.at);
    const command = new PublishDraft({ webhookId, workspaceId, ...versions }, { ...metadata, expectedRevision });
    const executed = await this.commands.execute<PublishDraft, ExecutedOnWebhook>(command);
    return this.answer.to(executed, metadata, reply);
  }
}
