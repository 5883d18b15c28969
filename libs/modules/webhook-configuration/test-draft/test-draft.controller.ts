import { Controller, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { FromPath, InWorkspace, Metadata, Route } from '../../../platform/http/index.ts';
import type { CommandMetadata, Ids } from '../../../platform/kernel/index.ts';
import { IDS } from '../../../platform/runtime/index.ts';
import { acceptedExample, acceptedSchema, type AcceptedTest } from '../webhook/accepted-test.ts';
import { KnownVersions } from '../webhook/known-versions.ts';
import { TestDraft } from '../webhook/webhook.commands.ts';

@ApiTags('Drafts')
@Controller('settings/webhooks')
export class TestDraftController {
  constructor(
    private readonly commands: CommandBus,
    private readonly known: KnownVersions,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  @Post(':id/draft/test')
  @Route({
    summary: 'Send a test alert as the draft of a webhook would have it',
    description:
      "To the URL, with the headers and the secret, and in the version of the draft. Sent once, as a webhook's own test is.",
    scope: 'webhooks:write',
    success: { status: 202, schema: acceptedSchema, example: acceptedExample },
    errors: [400, 404, 409],
  })
  async test(
    @InWorkspace() workspaceId: string,
    @FromPath('id') webhookId: string,
    @Metadata() metadata: CommandMetadata,
  ): Promise<AcceptedTest> {
    const testId = this.ids.uuid();
    const versions = await this.known.for(webhookId, metadata.at);
    await this.commands.execute(new TestDraft({ webhookId, workspaceId, ...versions, testId }, metadata));
    return { deliveryId: testId };
  }
}
