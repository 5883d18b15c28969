import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Caller, FromQuery, Route, WorkspaceIfGiven, type Principal } from '../../../platform/http/index.ts';
import { invalid, type Clock } from '../../../platform/kernel/index.ts';
import { CLOCK } from '../../../platform/runtime/index.ts';
import { last24Hours } from '../webhook-statistics/statistics-hours.ts';
import { latestOf, latestStatisticsView, type LatestStatisticsView } from '../webhook-statistics/statistics-view.ts';
import { WebhookStatistics } from '../webhook-statistics/webhook-statistics.ts';

const MOST = 200;
const querySchema = z.strictObject({
  webhooks: z
    .string()
    .min(1)
    .max(MOST * 129)
    .describe(`Ids of webhooks, separated by commas; ${MOST} at most`),
});

const example: LatestStatisticsView = {
  from: '2026-11-01T10:00:00.000Z',
  to: '2026-11-02T10:00:00.000Z',
  items: [
    {
      webhookId: '66b204f0c992d50b8b2f984c',
      succeeded: 2_402,
      failed: 88,
      exhausted: 22,
      shareSucceeded: 2_402 / 2_490,
      p95Ms: 394.8,
      lastAttemptAt: '2026-11-02T08:59:58.104Z',
      lastSuccessAt: '2026-11-02T08:59:58.104Z',
      lastFailure: { at: '2026-11-02T08:41:07.530Z', statusCode: 503, errorClass: 'http-status' },
    },
  ],
};

@ApiTags('Deliveries')
@Controller('webhook-statistics')
export class ListWebhookStatisticsController {
  constructor(
    private readonly statistics: WebhookStatistics,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('latest')
  @Route({
    summary: 'List how the attempts of webhooks went lately',
    description:
      'Of the hour of UTC that is going on and the 23 before it, in the order asked for. Webhooks that are unknown or out of reach are left out. Tests count nowhere. The newest second may be missing.',
    scope: 'deliveries:read',
    success: { status: 200, schema: latestStatisticsView, example },
    errors: [400, 404],
  })
  async latest(
    @FromQuery(querySchema) { webhooks }: z.infer<typeof querySchema>,
    @WorkspaceIfGiven() workspaceId: string | undefined,
    @Caller() caller: Principal,
  ): Promise<LatestStatisticsView> {
    const asked = new Set(webhooks.split(','));
    if (asked.size > MOST) throw invalid('webhooks', `names more than ${MOST}`);
    const ids = [...asked].filter((id) => this.statistics.isInReach(id, caller, workspaceId));
    const hours = last24Hours(this.clock.now());
    const days = await this.statistics.days(ids, hours);
    return {
      from: new Date(hours.from).toISOString(),
      to: new Date(hours.to).toISOString(),
      items: ids.map((id) => latestOf(id, days.get(id) ?? [], hours)),
    };
  }
}
