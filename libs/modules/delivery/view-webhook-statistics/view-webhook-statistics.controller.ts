import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Caller, FromQuery, Route, WorkspaceIfGiven, type Principal } from '../../../platform/http/index.ts';
import { notFound, type Clock } from '../../../platform/kernel/index.ts';
import { CLOCK } from '../../../platform/runtime/index.ts';
import { hoursAsked } from '../webhook-statistics/statistics-hours.ts';
import { statisticsOf, statisticsView, type StatisticsView } from '../webhook-statistics/statistics-view.ts';
import { WebhookStatistics } from '../webhook-statistics/webhook-statistics.ts';

const bound = z.iso.datetime({ offset: true }).optional();
const querySchema = z.strictObject({
  webhook: z.string().max(128).describe('The id of the webhook'),
  from: bound.describe('A day before `to`, unless given'),
  to: bound.describe('Now, unless given; at most 31 days after `from`'),
});

const example: StatisticsView = {
  webhookId: '66b204f0c992d50b8b2f984c',
  from: '2026-11-02T08:00:00.000Z',
  to: '2026-11-02T10:00:00.000Z',
  totals: { succeeded: 2_402, failed: 88, exhausted: 22, shareSucceeded: 2_402 / 2_490, p50Ms: 98.7, p95Ms: 394.8 },
  hours: [
    { hour: '2026-11-02T08:00:00.000Z', succeeded: 2_402, failed: 88, exhausted: 22, p50Ms: 98.7, p95Ms: 394.8 },
    { hour: '2026-11-02T09:00:00.000Z', succeeded: 0, failed: 0, exhausted: 0, p50Ms: null, p95Ms: null },
  ],
  lastAttemptAt: '2026-11-02T08:59:58.104Z',
  lastSuccessAt: '2026-11-02T08:59:58.104Z',
  lastFailure: { at: '2026-11-02T08:41:07.530Z', statusCode: 503, errorClass: 'http-status' },
};

@ApiTags('Deliveries')
@Controller('webhook-statistics')
export class ViewWebhookStatisticsController {
  constructor(
    private readonly statistics: WebhookStatistics,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Route({
    summary: 'View how the attempts of a webhook went, by the hour',
    description:
      'Of all hours of UTC that have a part of the time asked for; without any, of the one that is going on and the 23 before it. An attempt counts in the hour in which it ended; tests count nowhere. The newest second may be missing.',
    scope: 'deliveries:read',
    success: { status: 200, schema: statisticsView, example },
    errors: [400, 404],
  })
  async view(
    @FromQuery(querySchema) { webhook, ...asked }: z.infer<typeof querySchema>,
    @WorkspaceIfGiven() workspaceId: string | undefined,
    @Caller() caller: Principal,
  ): Promise<StatisticsView> {
    if (!this.statistics.isInReach(webhook, caller, workspaceId)) throw notFound('The webhook');
    const hours = hoursAsked(asked, this.clock.now());
    return statisticsOf(webhook, (await this.statistics.days([webhook], hours)).get(webhook) ?? [], hours);
  }
}
