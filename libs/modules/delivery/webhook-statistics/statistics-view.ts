import { z } from 'zod';
import { percentile, together, type ResponseTimes } from './response-times.ts';
import { each, type Hours } from './statistics-hours.ts';
import { dayOf, hourOf, type HourOfWebhook, type WebhookDay } from './webhook-statistics.projection.ts';

const instant = z.iso.datetime();
const response = (percent: number) =>
  z
    .number()
    .nullable()
    .describe(`Milliseconds in which ${percent} % of the answers came, within 9.1 %; null without answers`);

const counts = {
  succeeded: z.int().describe('Attempts that were answered 2xx'),
  failed: z.int().describe('Attempts that failed'),
  exhausted: z.int().describe('Deliveries of which every attempt of a round failed'),
};
const share = {
  shareSucceeded: z.number().nullable().describe('Of the attempts, 0 to 1; null without attempts'),
};
/** A window may begin within a day; what is last is known by the day. */
const last = {
  lastAttemptAt: instant.nullable().describe('When it ended; as what follows, on the days of UTC from `from` to `to`'),
  lastSuccessAt: instant.nullable(),
  lastFailure: z
    .object({
      at: instant,
      statusCode: z.int().nullable().describe('null when no answer came'),
      errorClass: z.string().nullable().describe('`http-status`, or why no answer came'),
    })
    .nullable(),
};
const bounds = {
  from: instant.describe('The beginning of an hour of UTC'),
  to: instant.describe('The end of an hour of UTC'),
};

export const statisticsView = z.object({
  webhookId: z.string(),
  ...bounds,
  totals: z.object({ ...counts, ...share, p50Ms: response(50), p95Ms: response(95) }),
  hours: z.array(
    z.object({ hour: instant.describe('When it begins'), ...counts, p50Ms: response(50), p95Ms: response(95) }),
  ),
  ...last,
});
export type StatisticsView = z.infer<typeof statisticsView>;

const latestView = z.object({ webhookId: z.string(), ...counts, ...share, p95Ms: response(95), ...last });
export const latestStatisticsView = z.object({ ...bounds, items: z.array(latestView) });
export type LatestStatisticsView = z.infer<typeof latestStatisticsView>;

const NOTHING: HourOfWebhook = { succeeded: 0, failed: 0, exhausted: 0, times: {} };
const iso = (at: number): string => new Date(at).toISOString();
const isoOf = (at: number | null): string | null => (at === null ? null : iso(at));

/** The hours of one webhook, also those in which nothing happened. */
function* hoursOf(days: readonly WebhookDay[], hours: Hours): Generator<readonly [number, HourOfWebhook]> {
  const byDay = new Map(days.map((day) => [day.day, day.hours]));
  for (const hour of each(hours)) yield [hour, byDay.get(dayOf(hour))?.[hourOf(hour)] ?? NOTHING];
}

const sum = (all: readonly HourOfWebhook[]): HourOfWebhook => ({
  succeeded: all.reduce((total, { succeeded }) => total + succeeded, 0),
  failed: all.reduce((total, { failed }) => total + failed, 0),
  exhausted: all.reduce((total, { exhausted }) => total + exhausted, 0),
  times: together(all.map(({ times }) => times)),
});

const countsOf = ({ succeeded, failed, exhausted }: HourOfWebhook) => ({ succeeded, failed, exhausted });
const shareOf = ({ succeeded, failed }: HourOfWebhook) => ({
  shareSucceeded: succeeded + failed === 0 ? null : succeeded / (succeeded + failed),
});
const percentilesOf = (times: ResponseTimes) => ({ p50Ms: percentile(times, 50), p95Ms: percentile(times, 95) });

function lastOf(days: readonly WebhookDay[]) {
  const newest = days.toSorted((a, b) => b.day.localeCompare(a.day));
  const failure = newest.find(({ lastFailure }) => lastFailure !== null)?.lastFailure;
  return {
    lastAttemptAt: isoOf(newest.find(({ lastAttemptAt }) => lastAttemptAt !== null)?.lastAttemptAt ?? null),
    lastSuccessAt: isoOf(newest.find(({ lastSuccessAt }) => lastSuccessAt !== null)?.lastSuccessAt ?? null),
    lastFailure: failure ? { ...failure, at: iso(failure.at) } : null,
  };
}

export function statisticsOf(webhookId: string, days: readonly WebhookDay[], hours: Hours): StatisticsView {
  const all = [...hoursOf(days, hours)];
  const total = sum(all.map(([, hour]) => hour));
  return {
    webhookId,
    from: iso(hours.from),
    to: iso(hours.to),
    totals: { ...countsOf(total), ...shareOf(total), ...percentilesOf(total.times) },
    hours: all.map(([at, hour]) => ({ hour: iso(at), ...countsOf(hour), ...percentilesOf(hour.times) })),
    ...lastOf(days),
  };
}

export function latestOf(
  webhookId: string,
  days: readonly WebhookDay[],
  hours: Hours,
): LatestStatisticsView['items'][number] {
  const total = sum([...hoursOf(days, hours)].map(([, hour]) => hour));
  return {
    webhookId,
    ...countsOf(total),
    ...shareOf(total),
    p95Ms: percentilesOf(total.times).p95Ms,
    ...lastOf(days),
  };
}
