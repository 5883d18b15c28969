import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, etag, FromPath, InWorkspace, Route, type Principal } from '../../../platform/http/index.ts';
import { notFound } from '../../../platform/kernel/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { webhooks, type WebhookDocument } from '../list-webhooks/webhooks.projection.ts';
import { draftExample, draftSchema, type DraftView } from '../webhook/draft-view.ts';
import { DraftViews } from '../webhook/draft-views.ts';

@ApiTags('Drafts')
@Controller('settings/webhooks')
export class ViewDraftController {
  constructor(
    @InjectDocuments(webhooks) private readonly documents: Collection<WebhookDocument>,
    private readonly views: DraftViews,
  ) {}

  @Get(':id/draft')
  @Route({
    summary: 'View the draft of a webhook',
    description:
      'What it changes, the webhook as it would be after publishing, and how the two differ: in their configuration, and in example ' +
      'payloads. Its secret and header values are in clear for a token with `webhooks:write`, and masked for any other. The ETag is ' +
      'that of the webhook.',
    scope: 'webhooks:read',
    success: { status: 200, schema: draftSchema, example: draftExample },
    errors: [400, 404],
  })
  async view(
    @InWorkspace() workspaceId: string,
    @FromPath('id') webhookId: string,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    const document = (await this.documents.get(webhookId))?.document;
    if (!document || document.removed || document.workspaceId !== workspaceId) throw notFound('The webhook');
    const view = this.views.of(document, document.updated, caller.scopes.has('webhooks:write'));
    void reply.header('ETag', etag(document.revision));
    return view;
  }
}
