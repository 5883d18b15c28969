import { Controller, Header, Inject, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { FromBodyIfGiven, FromPath, IfMatch, InWorkspace, Metadata, Route } from '../../../platform/http/index.ts';
import type { CommandMetadata, Ids } from '../../../platform/kernel/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { IDS } from '../../../platform/runtime/index.ts';
import { SEALING_KEY, type SealingKey } from '../../../platform/sealing/index.ts';
import { webhooks, type WebhookDocument } from '../list-webhooks/webhooks.projection.ts';
import { sealOnce } from '../webhook/seal-settings.ts';
import { secretContext } from '../webhook/sealing-contexts.ts';
import { makeSecret } from '../webhook/secret-rules.ts';
import { WebhookAnswer, type ExecutedOnWebhook } from '../webhook/webhook-answer.ts';
import { newSecret } from '../webhook/webhook-schema.ts';
import { webhookExample, webhookSchema, type WebhookView } from '../webhook/webhook-view.ts';
import { MAX_OVERLAP_SECONDS, RotateWebhookSecret } from '../webhook/webhook.commands.ts';

const bodySchema = z.strictObject({
  secret: newSecret().optional().describe('Left out, a new one is made: `whsec_` and the base64 of 32 random bytes'),
  overlapSeconds: z
    .int()
    .min(0)
    .max(MAX_OVERLAP_SECONDS)
    .default(86_400)
    .describe('How long the secret it had signs beside the new one. With 0 it ends at once'),
});
const examples = {
  'a made one, in a day': {},
  'a given one, at once': { secret: 'anothersecuresecret', overlapSeconds: 0 },
};

const example: WebhookView = {
  ...webhookExample,
  secret: 'whsec_3q2+7wABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs=',
  previousSecretUntil: webhookExample.updated + 86_400_000,
};

@ApiTags('Webhooks')
@Controller('settings/webhooks')
export class RotateWebhookSecretController {
  constructor(
    private readonly commands: CommandBus,
    private readonly answer: WebhookAnswer,
    @Inject(SEALING_KEY) private readonly key: SealingKey,
    @Inject(IDS) private readonly ids: Ids,
    @InjectDocuments(webhooks) private readonly documents: Collection<WebhookDocument>,
  ) {}

  @Post(':id/rotate-secret')
  @Header('Cache-Control', 'no-store')
  @Route({
    summary: 'Rotate the secret of a webhook',
    description:
      'Until `previousSecretUntil`, `webhook-signature` has two signatures, that of the new secret first, and the header with one ' +
      'signature is made with the secret it had. Rotated again before that, only the last two secrets count. The secret it has already ' +
      'changes nothing. 409 for a webhook of the location dialect: rotate the secret of its workspace.',
    scope: 'webhooks:write',
    success: { status: 200, schema: webhookSchema, example },
    errors: [400, 404, 409, 412, 413],
  })
  async rotate(
    @InWorkspace() workspaceId: string,
    @FromPath('id') webhookId: string,
    @IfMatch() expectedRevision: number | undefined,
    @FromBodyIfGiven(bodySchema, examples) { secret, overlapSeconds }: z.infer<typeof bodySchema>,
    @Metadata() metadata: CommandMetadata,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookView> {
    const document = (await this.documents.get(webhookId))?.document;
    const stored = document?.workspaceId === workspaceId ? document.secret : null;
    const sealed = sealOnce(this.key, secret ?? makeSecret(this.ids), secretContext(webhookId), [stored]);
    const command = new RotateWebhookSecret(
      { webhookId, workspaceId, secret: sealed, overlapSeconds },
      { ...metadata, expectedRevision },
    );
    const executed = await this.commands.execute<RotateWebhookSecret, ExecutedOnWebhook>(command);
    return this.answer.to(executed, metadata, reply);
  }
}
