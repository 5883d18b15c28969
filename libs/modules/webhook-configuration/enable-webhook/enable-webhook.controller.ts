import { Controller, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { FromBodyIfGiven, FromPath, IfMatch, InWorkspace, Metadata, Route } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { KnownVersions } from '../webhook/known-versions.ts';
import { WebhookAnswer, type ExecutedOnWebhook } from '../webhook/webhook-answer.ts';
import { webhookExample, webhookSchema, type WebhookView } from '../webhook/webhook-view.ts';
import { EnableWebhook } from '../webhook/webhook.commands.ts';

const bodySchema = z.strictObject({
  held: z
    .enum(['release', 'cancel'])
    .optional()
    .describe(
      'What becomes of the deliveries it holds. `release`, of a strictly ordered webhook only: they go out before anything newer',
    ),
});
const examples = { 'as it is': {}, 'a strictly ordered one': { held: 'release' } };

@ApiTags('Webhooks')
@Controller('settings/webhooks')
export class EnableWebhookController {
  constructor(
    private readonly commands: CommandBus,
    private readonly answer: WebhookAnswer,
    private readonly known: KnownVersions,
  ) {}

  @Post(':id/enable')
  @Route({
    summary: 'Enable a webhook',
    description:
      'New deliveries flow at once; held ones wait until they are released or cancelled. A strictly ordered webhook that may hold ' +
      'some has to say which with `held`, and is refused with 409 without it. So is a webhook on a version that has expired: move it first.',
    scope: 'webhooks:write',
    success: { status: 200, schema: webhookSchema, example: webhookExample },
    errors: [400, 404, 409, 412, 413],
  })
  async enable(
    @InWorkspace() workspaceId: string,
    @FromPath('id') webhookId: string,
    @IfMatch() expectedRevision: number | undefined,
    @FromBodyIfGiven(bodySchema, examples) { held }: z.infer<typeof bodySchema>,
    @Metadata() metadata: CommandMetadata,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookView> {
    const versions = await this.known.for(webhookId, metadata.at);
    const command = new EnableWebhook({ webhookId, workspaceId, ...versions, held }, { ...metadata, expectedRevision });
    const executed = await this.commands.execute<EnableWebhook, ExecutedOnWebhook>(command);
    return this.answer.to(executed, metadata, reply);
  }
}
