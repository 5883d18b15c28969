import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, etag, FromPath, InWorkspace, Route, type Principal } from '../../../platform/http/index.ts';
import { notFound } from '../../../platform/kernel/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { webhooks, type WebhookDocument } from '../list-webhooks/webhooks.projection.ts';
import { webhookExample, webhookSchema, type WebhookView } from '../webhook/webhook-view.ts';
import { WebhookViews } from '../webhook/webhook-views.ts';

@ApiTags('Webhooks')
@Controller('settings/webhooks')
export class ViewWebhookController {
  constructor(
    @InjectDocuments(webhooks) private readonly documents: Collection<WebhookDocument>,
    private readonly views: WebhookViews,
  ) {}

  @Get(':id')
  @Route({
    summary: 'View a webhook',
    description:
      'Its secret and header values are in clear for a token with `webhooks:write`, and masked for any other.',
    scope: 'webhooks:read',
    success: { status: 200, schema: webhookSchema, example: webhookExample },
    errors: [400, 404],
  })
  async view(
    @InWorkspace() workspaceId: string,
    @FromPath('id') webhookId: string,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookView> {
    const document = (await this.documents.get(webhookId))?.document;
    if (!document || document.removed || document.workspaceId !== workspaceId) throw notFound('The webhook');
    void reply.header('ETag', etag(document.revision));
    return this.views.of(document, document.updated, caller.scopes.has('webhooks:write'));
  }
}
