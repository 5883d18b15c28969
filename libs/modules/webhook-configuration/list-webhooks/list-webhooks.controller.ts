import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { FromQuery, InWorkspace, pageOf, paging, Route } from '../../../platform/http/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import { filledPage, type Collection, type Condition } from '../../../platform/read-model/index.ts';
import { maskedExample, webhookSchema } from '../webhook/webhook-view.ts';
import { WebhookViews } from '../webhook/webhook-views.ts';
import { webhooks, type WebhookDocument } from './webhooks.projection.ts';

const querySchema = z.strictObject({
  status: z.enum(['enabled', 'disabled']).optional(),
  version: z.string().optional().describe('Those on this webhook version'),
  trigger: z.string().optional().describe('Those that listen to this trigger'),
  ...paging,
});
type ListQuery = z.infer<typeof querySchema>;

const pageSchema = pageOf(webhookSchema);

@ApiTags('Webhooks')
@Controller('settings/webhooks')
export class ListWebhooksController {
  constructor(
    @InjectDocuments(webhooks) private readonly documents: Collection<WebhookDocument>,
    private readonly views: WebhookViews,
  ) {}

  @Get()
  @Route({
    summary: 'List the webhooks of a workspace',
    description: 'Newest first. Secrets and header values are masked.',
    scope: 'webhooks:read',
    success: { status: 200, schema: pageSchema, example: { items: [maskedExample], nextCursor: null } },
    errors: [400, 404],
  })
  async list(
    @InWorkspace() workspaceId: string,
    @FromQuery(querySchema) query: ListQuery,
  ): Promise<z.infer<typeof pageSchema>> {
    const where: Condition[] = [
      { field: 'workspaceId', eq: workspaceId },
      { field: 'removed', eq: false },
      ...(query.status === undefined ? [] : [{ field: 'status', eq: query.status }]),
      ...(query.version === undefined ? [] : [{ field: 'version', eq: query.version }]),
    ];
    const { trigger, limit, cursor } = query;
    // A trigger is one of several of a webhook, which no field of the collection can say.
    const listens = trigger === undefined ? undefined : ({ triggers }: WebhookDocument) => triggers.includes(trigger);
    const sort = { field: 'createdAt', direction: 'desc' } as const;
    const page = await filledPage(this.documents, { where, sort, limit, cursor }, listens);
    const items = page.items.map((document) => this.views.of(document, document.updated, false));
    return { items, nextCursor: page.nextCursor };
  }
}
