import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Caller, FromBody, Metadata, Route, type Principal } from '../../../platform/http/index.ts';
import { invalid, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { Redeliveries } from '../redelivery/redeliveries.ts';
import { isInOrder, NOT_IN_ORDER, selection, timesOf } from '../redelivery/redelivery-request.ts';
import { redeliveryView, startedExample, type RedeliveryView } from '../redelivery/redelivery-view.ts';

const id = z.string().min(1).max(128).optional();
const body = z
  .strictObject({
    webhookId: id.describe('A single webhook'),
    workspaceId: id.describe('All webhooks of this workspace that are enabled; descendants are not included'),
    ...selection,
  })
  .refine(({ webhookId, workspaceId }) => (webhookId === undefined) !== (workspaceId === undefined), {
    path: ['webhookId'],
    message: 'either this or `workspaceId` is required, and not both',
  })
  .refine(isInOrder, NOT_IN_ORDER);
type Body = z.infer<typeof body>;

const example = { workspaceId: 'company1Workspace', what: 'not-delivered', since: '2026-11-01T00:00:00Z' };

@ApiTags('Deliveries')
@Controller('redeliveries')
export class StartRedeliveryController {
  constructor(private readonly redeliveries: Redeliveries) {}

  @Post()
  @Route({
    summary: 'Deliver again in bulk',
    description:
      'A job of its own rate, behind what is delivered anyway. Events published later are not its business. 409 while the webhook is disabled, or the same is under way.',
    scope: 'deliveries:write',
    success: { status: 202, schema: redeliveryView, example: { ...startedExample, webhookId: null } },
    errors: [400, 409],
  })
  start(
    @FromBody(body, example) { webhookId, workspaceId, what, ratePerSecond, ...times }: Body,
    @Caller() caller: Principal,
    @Metadata() metadata: CommandMetadata,
  ): Promise<RedeliveryView> {
    const wish = { what, ratePerSecond, ...timesOf(times) };
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
