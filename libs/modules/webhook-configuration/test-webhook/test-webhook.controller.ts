import { Controller, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { FromPath, InWorkspace, Metadata, Route } from '../../../platform/http/index.ts';
import type { CommandMetadata, Ids } from '../../../platform/kernel/index.ts';
import { IDS } from '../../../platform/runtime/index.ts';
import { acceptedExample, acceptedSchema, type AcceptedTest } from '../webhook/accepted-test.ts';
import { RequestTest } from '../webhook/webhook.commands.ts';

@ApiTags('Webhooks')
@Controller('settings/webhooks')
export class TestWebhookController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  @Post(':id/test')
  @Route({
    summary: 'Send a test alert to a webhook',
    description: 'Sent once, also while the webhook is disabled; never retried, and counted in no health figure.',
    scope: 'webhooks:write',
    success: {
      status: 202,
      schema: acceptedSchema,
      example: acceptedExample,
    },
    errors: [400, 404, 409],
  })
  async test(
    @InWorkspace() workspaceId: string,
    @FromPath('id') webhookId: string,
    @Metadata() metadata: CommandMetadata,
  ): Promise<AcceptedTest> {
    const testId = this.ids.uuid();
    await this.commands.execute(new RequestTest({ webhookId, workspaceId, testId }, metadata));
    return { deliveryId: testId };
  }
}
