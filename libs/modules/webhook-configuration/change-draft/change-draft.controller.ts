import { Body, Controller, Inject, Put, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { etag, FromPath, IfMatch, InWorkspace, Metadata, Route } from '../../../platform/http/index.ts';
import { notFound, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { SEALING_KEY, type SealingKey } from '../../../platform/sealing/index.ts';
import { webhooks, type WebhookDocument } from '../list-webhooks/webhooks.projection.ts';
import { draftExample, draftSchema, type DraftView } from '../webhook/draft-view.ts';
import { DraftViews } from '../webhook/draft-views.ts';
import { KnownVersions } from '../webhook/known-versions.ts';
import { sealReplacement } from '../webhook/seal-settings.ts';
import { WebhookAnswer, type ExecutedOnWebhook } from '../webhook/webhook-answer.ts';
import { draftBody, WebhookBodies } from '../webhook/webhook-bodies.ts';
import { ChangeDraft } from '../webhook/webhook.commands.ts';

@ApiTags('Drafts')
@Controller('settings/webhooks')
export class ChangeDraftController {
  constructor(
    private readonly commands: CommandBus,
    private readonly bodies: WebhookBodies,
    private readonly known: KnownVersions,
    private readonly answer: WebhookAnswer,
    private readonly views: DraftViews,
    @Inject(SEALING_KEY) private readonly key: SealingKey,
    @InjectDocuments(webhooks) private readonly documents: Collection<WebhookDocument>,
  ) {}

  @Put(':id/draft')
  @Route({
    summary: 'Make or replace the draft of a webhook',
    description:
      'The webhook itself stays as it is until the draft is published. A draft has only the fields that differ from the webhook: what ' +
      'is left out, and a secret or header value that is the mask, is as the webhook has it. Without `version` it is on the version ' +
      'that the draft had, or else, as when that was withdrawn, on the newest one.',
    scope: 'webhooks:write',
    success: { status: 200, schema: draftSchema, example: draftExample },
    errors: [400, 404, 409, 412, 413],
  })
  @ApiBody(draftBody)
  async change(
    @InWorkspace() workspaceId: string,
    @FromPath('id') webhookId: string,
    @IfMatch() expectedRevision: number | undefined,
    @Body() body: unknown,
    @Metadata() metadata: CommandMetadata,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    const document = (await this.documents.get(webhookId))?.document;
    const stored = document?.workspaceId === workspaceId ? document : undefined;
    const { version: target, secret, headers, triggers, ...input } = await this.bodies.toDraft(body, stored);
    const clear = { secret, headers: headers ?? {} };
    const sealed = sealReplacement(this.key, webhookId, clear, stored, stored?.draft?.changes);
    const changes = {
      ...input,
      triggers: triggers && [...triggers],
      secret: sealed.secret,
      headers: headers && sealed.headers,
    };
    const versions = await this.known.at(metadata.at, target ?? stored?.draft?.target);
    const command = new ChangeDraft(
      { webhookId, workspaceId, ...versions, target, changes },
      { ...metadata, expectedRevision },
    );
    const { state, events, revision } = await this.commands.execute<ChangeDraft, ExecutedOnWebhook>(command);
    if (state === undefined) throw notFound('The webhook');
    void reply.header('ETag', etag(revision));
    return this.views.of(state, await this.answer.updated(webhookId, events, metadata), true);
  }
}
