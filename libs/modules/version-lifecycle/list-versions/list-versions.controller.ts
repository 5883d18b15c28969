import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Caller, FromQuery, Metadata, pageOf, paging, Route, type Principal } from '../../../platform/http/index.ts';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { PinnedWebhooks } from '../webhook-version/pinned-webhooks.ts';
import { itemExample, itemOf, versionItem } from '../webhook-version/version-view.ts';
import { webhookVersions, type WebhookVersionDocument } from '../webhook-version/webhook-versions.projection.ts';

const query = z.strictObject(paging);
const pageSchema = pageOf(versionItem);

@ApiTags('Webhook versions')
@Controller('versions')
export class ListVersionsController {
  constructor(
    @InjectDocuments(webhookVersions) private readonly documents: Collection<WebhookVersionDocument>,
    private readonly pinned: PinnedWebhooks,
  ) {}

  @Get()
  @Route({
    summary: 'List webhook versions, newest first',
    description: 'Those that were withdrawn are not among them.',
    scope: 'versions:read',
    success: { status: 200, schema: pageSchema, example: { items: [itemExample], nextCursor: null } },
    errors: [400],
  })
  async list(
    @FromQuery(query) { limit, cursor }: z.infer<typeof query>,
    @Caller() caller: Principal,
    @Metadata() { at }: CommandMetadata,
  ): Promise<z.infer<typeof pageSchema>> {
    const where = [{ field: 'withdrawn', eq: false }];
    const page = await this.documents.find({ where, sort: { field: 'order', direction: 'desc' }, limit, cursor });
    const reach = caller.reach();
    const items = page.items.map(async ({ document }) =>
      itemOf(document, await this.pinned.count(document.name, reach), at),
    );
    return { items: await Promise.all(items), nextCursor: page.nextCursor };
  }
}
