import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { FromBodyIfGiven, FromPath, InWorkspace, Metadata, Route } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { Redeliveries } from '../redelivery/redeliveries.ts';
import { rate } from '../redelivery/redelivery-request.ts';
import { redeliveryView, startedExample, type RedeliveryView } from '../redelivery/redelivery-view.ts';

const body = z.strictObject(rate);

@ApiTags('Webhooks')
@Controller('settings/webhooks')
export class ReleaseHeldController {
  constructor(private readonly redeliveries: Redeliveries) {}

  @Post(':id/release-held')
  @Route({
    summary: 'Release the held deliveries of a webhook',
    description:
      'A bulk redelivery of those held by now: each begins its retry schedule anew. 409 while the webhook is disabled, or the same is under way.',
    scope: 'webhooks:write',
    success: {
      status: 202,
      schema: redeliveryView,
      example: { ...startedExample, what: 'held', since: null, filter: null },
    },
    errors: [400, 404, 409],
  })
  release(
    @InWorkspace() workspaceId: string,
    @FromPath('id') webhookId: string,
    @FromBodyIfGiven(body, { example: { ratePerSecond: 50 } }) { ratePerSecond }: z.infer<typeof body>,
    @Metadata() metadata: CommandMetadata,
  ): Promise<RedeliveryView> {
    this.redeliveries.webhookIn(workspaceId, webhookId);
    const wish = { workspaceId, webhookId, what: 'held', since: null, until: null, ratePerSecond } as const;
    return this.redeliveries.start(wish, metadata);
  }
}
