import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  Caller,
  FromQuery,
  pageOf,
  paging,
  Route,
  visibleTo,
  WorkspaceIfGiven,
  type Principal,
} from '../../../platform/http/index.ts';
import { InjectDocuments } from '../../../platform/processing/index.ts';
import type { Collection, Condition } from '../../../platform/read-model/index.ts';
import { activity, type ActivityEntry } from './activity.projection.ts';

const instant = () => z.iso.datetime({ offset: true, error: 'must be an ISO 8601 date and time with a time zone' });

const querySchema = z.strictObject({
  workspace: z.string().optional().describe('Entries of this workspace, as the header `Workspace` asks for'),
  webhook: z.string().optional().describe('Entries about the webhook with this id'),
  kind: z.string().optional().describe('Such as `webhook-disabled`'),
  from: instant().optional().describe('ISO 8601; entries at this instant or later'),
  to: instant().optional().describe('ISO 8601; entries before this instant'),
  ...paging,
});
type ActivityQuery = z.infer<typeof querySchema>;

const entrySchema = z.object({
  id: z.string(),
  at: z.string().describe('ISO 8601, UTC'),
  actor: z.string().describe('`client:<id>`, `user:<id>`, `saga:<name>`, `ingestion` or `system`'),
  kind: z.string(),
  workspaceId: z.string().nullable().describe('null for what belongs to the whole installation'),
  webhookId: z.string().nullable(),
  summary: z.string(),
  details: z.record(z.string(), z.unknown()).describe('What the event says, without anything secret'),
  traceId: z.string(),
});
const pageSchema = pageOf(entrySchema);

const example: z.infer<typeof entrySchema> = {
  id: '01939d3e-6f43-7c1e-9a53-0c4fdd1c7a10',
  at: '2026-11-01T09:30:00.000Z',
  actor: 'saga:disable-failing-webhook',
  kind: 'webhook-disabled',
  workspaceId: 'company1Workspace',
  webhookId: '66b204f0c992d50b8b2f984c',
  summary: 'Webhook 66b204f0c992d50b8b2f984c was disabled after its last attempt failed: 503',
  details: { by: 'exhausted', deliveryId: '2b0c7f4e-9a52-8d1c-a4f7-5f0a8c1e7b33', lastError: '503' },
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
};

@ApiTags('Activity')
@Controller('activity')
export class ListActivityController {
  constructor(@InjectDocuments(activity) private readonly documents: Collection<ActivityEntry>) {}

  @Get()
  @Route({
    summary: 'Who did what, and when',
    description: 'Newest first: the whole reach of the token, or one workspace of it.',
    scope: 'activity:read',
    success: { status: 200, schema: pageSchema, example: { items: [example], nextCursor: null } },
    errors: [400, 404],
  })
  async list(
    @WorkspaceIfGiven() workspaceId: string | undefined,
    @FromQuery(querySchema) { workspace, webhook, kind, from, to, limit, cursor }: ActivityQuery,
    @Caller() caller: Principal,
  ): Promise<z.infer<typeof pageSchema>> {
    const where: Condition[] = [
      ...visibleTo(caller, workspaceId),
      ...(workspace === undefined ? [] : [{ field: 'workspaceId', eq: workspace }]),
      ...(webhook === undefined ? [] : [{ field: 'webhookId', eq: webhook }]),
      ...(kind === undefined ? [] : [{ field: 'kind', eq: kind }]),
      ...(from === undefined ? [] : [{ field: 'at', gte: Date.parse(from) }]),
      ...(to === undefined ? [] : [{ field: 'at', lt: Date.parse(to) }]),
    ];
    const page = await this.documents.find({ where, limit, cursor });
    const items = page.items.map(({ document }) => ({ ...document, at: new Date(document.at).toISOString() }));
    return { items, nextCursor: page.nextCursor };
  }
}
