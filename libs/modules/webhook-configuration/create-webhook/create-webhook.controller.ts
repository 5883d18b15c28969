import { Body, Controller, Inject, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { InWorkspace, Metadata, Route } from '../../../platform/http/index.ts';
import type { CommandMetadata, Ids } from '../../../platform/kernel/index.ts';
import { IDS } from '../../../platform/runtime/index.ts';
import { SEALING_KEY, type SealingKey } from '../../../platform/sealing/index.ts';
import { KnownVersions } from '../webhook/known-versions.ts';
import { sealSettings } from '../webhook/seal-settings.ts';
import { WebhookAnswer, type ExecutedOnWebhook } from '../webhook/webhook-answer.ts';
import { createBody, WebhookBodies } from '../webhook/webhook-bodies.ts';
import { refuseUnlessLive } from '../webhook/webhook-guards.ts';
import { webhookExample, webhookSchema, type WebhookView } from '../webhook/webhook-view.ts';
import { CreateWebhook, IssueWebhookNumber, type WebhookNumber } from '../webhook/webhook.commands.ts';

@ApiTags('Webhooks')
@Controller('settings/webhooks')
export class CreateWebhookController {
  constructor(
    private readonly commands: CommandBus,
    private readonly bodies: WebhookBodies,
    private readonly answer: WebhookAnswer,
    private readonly known: KnownVersions,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(SEALING_KEY) private readonly key: SealingKey,
  ) {}

  @Post()
  @Route({
    summary: 'Create a webhook',
    description:
      'A test alert is sent to it right away, also when it is made disabled. It goes on receiving the payloads of the version it is ' +
      'made on until it is moved, or that version expires.',
    scope: 'webhooks:write',
    success: { status: 201, schema: webhookSchema, example: webhookExample },
    errors: [400, 404, 409, 413],
  })
  @ApiBody(createBody)
  async create(
    @InWorkspace() workspaceId: string,
    @Body() body: unknown,
    @Metadata() metadata: CommandMetadata,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookView> {
    const input = await this.bodies.toCreate(body);
    const webhookId = this.ids.objectId();
    const sealed = sealSettings(this.key, webhookId, input);
    const version = input.version ?? (await this.known.current());
    const versions = await this.known.at(metadata.at, version);
    // A number is claimed for good, so not for what would be refused.
    refuseUnlessLive(version, versions);
    const numbered = await this.commands.execute<IssueWebhookNumber, WebhookNumber>(
      new IssueWebhookNumber({ webhookId, workspaceId }, metadata),
    );
    const made = { webhookId, workspaceId, ...numbered, testId: this.ids.uuid(), version, ...versions };
    const command = new CreateWebhook({ ...input, ...sealed, triggers: [...input.triggers], ...made }, metadata);
    const executed = await this.commands.execute<CreateWebhook, ExecutedOnWebhook>(command);
    void reply.header('Location', `/settings/webhooks/${webhookId}`);
    return this.answer.to(executed, metadata, reply);
  }
}
