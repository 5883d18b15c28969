import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Caller, FromBody, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import { invalid, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { Redeliveries } from '../redelivery/redeliveries.ts';
import { checkSelection, selection, wishOf } from '../redelivery/redelivery-request.ts';
import { redeliveryView, startedExample, type RedeliveryView } from '../redelivery/redelivery-view.ts';

const id = z.string().min(1).max(128).optional();
const body = z
  .strictObject({
    webhookId: id.describe('A single webhook'),
    workspaceId: id.describe('All webhooks of this workspace that are enabled; descendants are not included'),
    ...selection.shape,
  })
  .refine(({ webhookId, workspaceId }) => (webhookId === undefined) !== (workspaceId === undefined), {
    path: ['webhookId'],
    message: 'either this or `workspaceId` is required, and not both',
  })
  .refine(({ deliveryIds, webhookId }) => deliveryIds === undefined || webhookId !== undefined, {
    path: ['deliveryIds'],
    message: 'are those of a single webhook, with `webhookId`',
  })
  .superRefine(checkSelection);
type Body = z.infer<typeof body>;

const example = {
  workspaceId: 'company1Workspace',
  what: 'not-delivered',
  since: '2026-11-01T00:00:00Z',
  filter: { status: 'exhausted', code: '5xx' },
};

@ApiTags('Deliveries')
@Controller('redeliveries')
export class StartRedeliveryController {
  constructor(private readonly redeliveries: Redeliveries) {}

  @Post()
  @Route({
    summary: 'Deliver again in bulk',
    description:
      'A job of its own rate, behind what is delivered anyway. It goes through exactly what `what`, the times and `filter` select together, or through the deliveries that are named. Events published later are not its business; being asked for is not being delivered, which `delivered` and `failed` tell. 409 while the webhook is disabled, the same is under way, or ten others of the same `what` are.',
    scope: 'deliveries:write',
    success: { status: 202, schema: redeliveryView, example: { ...startedExample, webhookId: null, expected: null } },
    errors: [400, 409],
  })
  start(
    @FromBody(body, example) { webhookId, workspaceId, ratePerSecond, ...asked }: Body,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
  ): Promise<RedeliveryView> {
    const wish = { ...wishOf(asked), ratePerSecond };
    if (workspaceId !== undefined) {
      if (!caller.reaches(workspaceId)) throw invalid('workspaceId', 'is not a workspace within reach');
      return this.redeliveries.start({ ...wish, workspaceId, webhookId: null }, metadata);
    }
    const webhook = webhookId === undefined ? undefined : this.redeliveries.webhook(webhookId);
    if (!webhook || !caller.reaches(webhook.workspaceId)) throw invalid('webhookId', 'is not a webhook within reach');
    return this.redeliveries.start(
      { ...wish, workspaceId: webhook.workspaceId, webhookId: webhook.webhookId },
      metadata,
    );
  }
}
