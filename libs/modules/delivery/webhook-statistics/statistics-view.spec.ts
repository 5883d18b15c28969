import { describe, expect, it } from '@jest/globals';
import { counting } from './response-times.ts';
import { latestOf, statisticsOf } from './statistics-view.ts';
import type { HourOfWebhook, WebhookDay } from './webhook-statistics.projection.ts';

const MIDNIGHT = Date.parse('2026-11-02T00:00:00Z');
const HOUR = 3_600_000;
const hours = { from: MIDNIGHT - 2 * HOUR, to: MIDNIGHT + 2 * HOUR };

const hour = (succeeded: number, failed: number, ...times: number[]): HourOfWebhook => ({
  ...{ succeeded, failed, exhausted: failed },
  times: times.reduce(counting, {}),
});
const day = (name: string, changes: Partial<WebhookDay>): WebhookDay => ({
  ...{ webhookId: 'hook', workspaceId: 'workspace', day: name, hours: {} },
  ...{ lastAttemptAt: null, lastSuccessAt: null, lastFailure: null },
  ...changes,
});
const failure = (at: number) => ({ at, statusCode: null, errorClass: 'dns' });

const before = day('2026-11-01', {
  hours: { '21': hour(50, 50, 9), '22': hour(1, 2, 4, 4, 4), '23': hour(3, 0, 8, 8, 8) },
  lastAttemptAt: MIDNIGHT - 1,
  lastSuccessAt: MIDNIGHT - 2,
  lastFailure: failure(MIDNIGHT - 1),
});
const after = day('2026-11-02', {
  hours: { '0': hour(2, 0, 64, 64), '2': hour(70, 70, 9), '22': hour(90, 90, 9) },
  lastAttemptAt: MIDNIGHT + 2,
  lastSuccessAt: MIDNIGHT + 2,
});

describe.each([
  ['in order', [before, after]],
  ['in another order', [after, before]],
])('days that were read %s', (_, days) => {
  const statistics = statisticsOf('hook', days, hours);

  it('tell of the hours asked for, each in its place', () => {
    const told = statistics.hours.map(({ hour: at, succeeded, failed }) => [at.slice(8, 13), succeeded, failed]);
    expect(told).toEqual([
      ['01T22', 1, 2],
      ['01T23', 3, 0],
      ['02T00', 2, 0],
      ['02T01', 0, 0],
    ]);
  });

  it('are counted together, their response times too', () => {
    const counts = { succeeded: 6, failed: 2, exhausted: 2, shareSucceeded: 6 / 8 };
    // Of eight answers the fourth took 8 ms, the last 64.
    expect(statistics.totals).toEqual({ ...counts, p50Ms: 8.72, p95Ms: 69.79 });
    expect(latestOf('hook', days, hours)).toMatchObject({ ...counts, p95Ms: 69.79 });
  });

  it('tell what came last on any of them', () => {
    const last = {
      lastAttemptAt: '2026-11-02T00:00:00.002Z',
      lastSuccessAt: '2026-11-02T00:00:00.002Z',
      lastFailure: { at: '2026-11-01T23:59:59.999Z', statusCode: null, errorClass: 'dns' },
    };
    expect(statistics).toMatchObject(last);
    expect(latestOf('hook', days, hours)).toMatchObject(last);
  });
});

describe('the share that succeeded', () => {
  it('is 0 when every attempt failed, and none without attempts', () => {
    const failing = day('2026-11-02', { hours: { '0': hour(0, 4) } });
    expect(latestOf('hook', [failing], hours)).toMatchObject({ shareSucceeded: 0, p95Ms: null });
    expect(latestOf('hook', [], hours)).toMatchObject({ shareSucceeded: null });
  });
});
