import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { countedPageOf, FromQuery, InWorkspace, Route } from '../../../platform/http/index.ts';
import type { Clock } from '../../../platform/kernel/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import { countedPage, type Collection } from '../../../platform/read-model/index.ts';
import { CLOCK } from '../../../platform/runtime/index.ts';
import { WEBHOOK_VERSIONS, type WebhookVersions } from '../webhook/webhook-versions.ts';
import { maskedExample, webhookSchema } from '../webhook/webhook-view.ts';
import { WebhookViews } from '../webhook/webhook-views.ts';
import { conditionsOf, expiringAt, listQuery, sortOf, type ListQuery } from './list-query.ts';
import { webhooks, type WebhookDocument } from './webhooks.projection.ts';

const pageSchema = countedPageOf(webhookSchema);

@ApiTags('Webhooks')
@Controller('settings/webhooks')
export class ListWebhooksController {
  constructor(
    @InjectDocuments(webhooks) private readonly documents: Collection<WebhookDocument>,
    @Inject(WEBHOOK_VERSIONS) private readonly versions: WebhookVersions,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly views: WebhookViews,
  ) {}

  @Get()
  @Route({
    summary: 'List the webhooks of a workspace',
    description: 'Newest first, unless sorted otherwise. Secrets and header values are masked.',
    scope: 'webhooks:read',
    success: {
      status: 200,
      schema: pageSchema,
      example: { items: [maskedExample], nextCursor: null, total: 1, totalIsAtLeast: false },
    },
    errors: [400, 404],
  })
  async list(
    @InWorkspace() workspaceId: string,
    @FromQuery(listQuery) query: ListQuery,
  ): Promise<z.infer<typeof pageSchema>> {
    const where = conditionsOf(workspaceId, query, () => expiringAt(this.versions, this.clock.now()));
    const { limit, cursor } = query;
    const page = await countedPage(this.documents, { where, sort: sortOf(query), limit, cursor });
    const items = page.items.map(({ document }) => this.views.of(document, document.updated, false));
    return { ...page, items };
  }
}
