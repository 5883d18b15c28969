import { Body, Controller, Inject, Put, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { FromPath, IfMatch, InWorkspace, Metadata, Route } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { SEALING_KEY, type SealingKey } from '../../../platform/sealing/index.ts';
import { webhooks, type WebhookDocument } from '../list-webhooks/webhooks.projection.ts';
import { KnownVersions } from '../webhook/known-versions.ts';
import { sealReplacement } from '../webhook/seal-settings.ts';
import { WebhookAnswer, type ExecutedOnWebhook } from '../webhook/webhook-answer.ts';
import { replaceBody, WebhookBodies } from '../webhook/webhook-bodies.ts';
import { webhookExample, webhookSchema, type WebhookView } from '../webhook/webhook-view.ts';
import { ReplaceWebhook } from '../webhook/webhook.commands.ts';

@ApiTags('Webhooks')
@Controller('settings/webhooks')
export class ReplaceWebhookController {
  constructor(
    private readonly commands: CommandBus,
    private readonly bodies: WebhookBodies,
    private readonly answer: WebhookAnswer,
    private readonly known: KnownVersions,
    @Inject(SEALING_KEY) private readonly key: SealingKey,
    @InjectDocuments(webhooks) private readonly documents: Collection<WebhookDocument>,
  ) {}

  @Put(':id')
  @Route({
    summary: 'Replace a webhook',
    description:
      'A secret that is left out, and a secret or header value sent back as its mask, keep what is stored. ' +
      'What `GET` answered can be sent back as it is. With another `version` the webhook is moved to that, at once.',
    scope: 'webhooks:write',
    success: { status: 200, schema: webhookSchema, example: webhookExample },
    errors: [400, 404, 409, 412, 413],
  })
  @ApiBody(replaceBody)
  async replace(
    @InWorkspace() workspaceId: string,
    @FromPath('id') webhookId: string,
    @IfMatch() expectedRevision: number | undefined,
    @Body() body: unknown,
    @Metadata() metadata: CommandMetadata,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookView> {
    const document = (await this.documents.get(webhookId))?.document;
    const stored = document?.workspaceId === workspaceId ? document : undefined;
    const input = await this.bodies.toReplace(webhookId, body, stored);
    const sealed = sealReplacement(this.key, webhookId, input, stored);
    const versions = await this.known.at(metadata.at, input.version ?? stored?.version);
    const command = new ReplaceWebhook(
      { ...input, ...sealed, triggers: [...input.triggers], ...versions, webhookId, workspaceId },
      { ...metadata, expectedRevision },
    );
    const executed = await this.commands.execute<ReplaceWebhook, ExecutedOnWebhook>(command);
    return this.answer.to(executed, metadata, reply);
  }
}
