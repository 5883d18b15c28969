import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { FromBody, FromPath, InWorkspace, Metadata, Route } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { Redeliveries } from '../redelivery/redeliveries.ts';
import { checkSelection, selection, wishOf } from '../redelivery/redelivery-request.ts';
import { redeliveryView, startedExample, type RedeliveryView } from '../redelivery/redelivery-view.ts';

const body = selection.superRefine(checkSelection);

@ApiTags('Webhooks')
@Controller('settings/webhooks')
export class RedeliverWebhookController {
  constructor(private readonly redeliveries: Redeliveries) {}

  @Post(':id/redeliver')
  @Route({
    summary: 'Deliver again to a webhook, in bulk',
    description: '`POST /redeliveries` for this webhook. 409 while it is disabled, or the same is under way.',
    scope: 'deliveries:write',
    success: { status: 202, schema: redeliveryView, example: startedExample },
    errors: [400, 404, 409],
  })
  redeliver(
    @InWorkspace() workspaceId: string,
    @FromPath('id') webhookId: string,
    @FromBody(body, { what: 'not-delivered', since: '2026-11-01T00:00:00Z' })
    { ratePerSecond, ...asked }: z.infer<typeof body>,
    @Metadata() metadata: CommandMetadata,
  ): Promise<RedeliveryView> {
    this.redeliveries.webhookIn(workspaceId, webhookId);
    const wish = { ...wishOf(asked), workspaceId, webhookId, ratePerSecond };
    return this.redeliveries.start(wish, metadata);
  }
}
