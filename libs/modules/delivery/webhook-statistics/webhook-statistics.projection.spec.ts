import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import type { AttemptFailed, AttemptSucceeded, DeliveryEvent } from '../delivery/delivery.events.ts';
import { failed as failedFixture, renderingFailed, roundRequested } from '../delivery/testing/delivery-fixtures.ts';
import { counting, type ResponseTimes } from './response-times.ts';
import { webhookStatistics, type WebhookDay } from './webhook-statistics.projection.ts';

const DAY = Date.parse('2026-11-02T00:00:00Z');
const HOUR = 3_600_000;
const of = { deliveryId: 'delivery', webhookId: 'hook', workspaceId: 'workspace' };
const url = 'https://receiver.example/hook';

type Answered = Partial<AttemptSucceeded['data']>;
const succeeded = (endedAt: number, changes: Answered = {}): DeliveryEvent => ({
  type: 'AttemptSucceeded',
  data: { ...of, attempt: 1, round: 1, startedAt: endedAt - 100, endedAt, url, statusCode: 200, ...changes },
});
const failed = (endedAt: number, changes: Partial<AttemptFailed['data']> = {}): DeliveryEvent =>
  failedFixture(1, null, { startedAt: endedAt - 100, endedAt, ...changes });
const unanswered = { statusCode: undefined, errorClass: 'timeout' };
const exhausted = (kind: 'event' | 'test' = 'event', webhookId = 'hook'): DeliveryEvent => ({
  type: 'DeliveryExhausted',
  data: { ...of, webhookId, kind, round: 1, epoch: 0, redelivery: false, attempts: 4, lastError: 'answered 500' },
});

/** Recorded a millisecond apart from this instant on. */
const after = (history: readonly DeliveryEvent[], at = DAY) =>
  projecting(
    webhookStatistics,
    record(history, ({ data }) => `delivery-${data.deliveryId}`, at),
  );
const MONDAY = 'hook:2026-11-02';
const timesOf = (...all: number[]): ResponseTimes => all.reduce(counting, {});

describe('the attempts of a webhook', () => {
  it('count by day and hour of UTC, as they ended', () =>
    after([succeeded(DAY - 1), succeeded(DAY), failed(DAY + HOUR - 1), failed(DAY + HOUR)]).then({
      'hook:2026-11-01': { hours: { '23': { succeeded: 1, failed: 0 } } },
      [MONDAY]: {
        webhookId: 'hook',
        workspaceId: 'workspace',
        day: '2026-11-02',
        hours: { '0': { succeeded: 1, failed: 1 }, '1': { succeeded: 0, failed: 1 } },
      },
    }));

  it('leave the hours in which nothing happened out', () => {
    const { documents } = after([succeeded(DAY + 5 * HOUR)]);
    expect(Object.keys(documents[MONDAY]?.hours ?? {})).toEqual(['5']);
  });

  it('count for their own webhook alone', () => {
    const { documents } = after([succeeded(DAY), succeeded(DAY, { webhookId: 'other' })]);
    expect(Object.keys(documents)).toEqual([MONDAY, 'other:2026-11-02']);
  });

  it('tell how long answers took, whatever they were, and nothing of those that never came', () =>
    after([
      succeeded(DAY + 200, { startedAt: DAY }),
      failed(DAY + 900, { startedAt: DAY, statusCode: 503 }),
      failed(DAY + 15_000, { startedAt: DAY, ...unanswered }),
    ]).then({ [MONDAY]: { hours: { '0': { succeeded: 1, failed: 2, times: timesOf(200, 900) } } } }));

  it('tell when the last ended, the last that succeeded, and how the last failed', () => {
    after([succeeded(DAY + 1), failed(DAY + 2), failed(DAY + 3, unanswered), succeeded(DAY + 4)]).then({
      [MONDAY]: {
        lastAttemptAt: DAY + 4,
        lastSuccessAt: DAY + 4,
        lastFailure: { at: DAY + 3, statusCode: null, errorClass: 'timeout' },
      },
    });
    after([succeeded(DAY)]).then({ [MONDAY]: { lastFailure: null } });
    after([failed(DAY)]).then({
      [MONDAY]: { lastSuccessAt: null, lastFailure: { at: DAY, statusCode: 500, errorClass: 'http-status' } },
    });
  });

  it('are no tests, of which nothing counts', () => {
    const { documents } = after([succeeded(DAY, { kind: 'test' }), failed(DAY, { kind: 'test' }), exhausted('test')]);
    expect(documents).toEqual({});
  });
});

describe('deliveries', () => {
  it('count as exhausted in the hour they were given up, and are no attempt', () =>
    expect(after([exhausted()], DAY + 3 * HOUR).documents).toEqual({
      [MONDAY]: {
        webhookId: 'hook',
        workspaceId: 'workspace',
        day: '2026-11-02',
        hours: { '3': { succeeded: 0, failed: 0, exhausted: 1, times: {} } },
        lastAttemptAt: null,
        lastSuccessAt: null,
        lastFailure: null,
      },
    }));

  it('that cannot be rendered or are asked for again count nowhere', () =>
    expect(after([renderingFailed(), roundRequested(2)]).documents).toEqual({}));
});

describe('a history', () => {
  const hours = fc.integer({ min: -30, max: 30 });
  const attempt = fc.record({
    webhookId: fc.constantFrom('hook', 'other'),
    endedAt: fc.oneof(
      hours.map((hour) => DAY + hour * HOUR),
      fc.integer({ min: DAY - 30 * HOUR, max: DAY + 30 * HOUR }),
    ),
    took: fc.integer({ min: 0, max: 20_000 }),
    outcome: fc.constantFrom('succeeded', 'failed', 'unanswered', 'exhausted', 'test'),
  });
  type Attempt = {
    readonly webhookId: string;
    readonly endedAt: number;
    readonly took: number;
    readonly outcome: string;
  };

  const eventsOf = ({ webhookId, endedAt, took, outcome }: Attempt): DeliveryEvent[] => {
    const changes = { webhookId, startedAt: endedAt - took };
    if (outcome === 'succeeded') return [succeeded(endedAt, changes)];
    if (outcome === 'test') return [failed(endedAt, { ...changes, kind: 'test' })];
    const failure = failed(endedAt, outcome === 'unanswered' ? { ...changes, ...unanswered } : changes);
    return outcome === 'exhausted' ? [failure, exhausted('event', webhookId)] : [failure];
  };
  /** Each is recorded as it ends, whenever that comes to be stored. */
  const recorded = (attempts: readonly Attempt[]) => {
    const instants = attempts.flatMap((one) => eventsOf(one).map(() => one.endedAt));
    return record(attempts.flatMap(eventsOf), () => 'delivery-1').map((event, n) => ({
      ...event,
      metadata: { ...event.metadata, at: instants[n] ?? 0 },
    }));
  };
  const folded = (attempts: readonly Attempt[]) => projecting(webhookStatistics, recorded(attempts)).documents;

  /** Counts what it finds, hour by hour. */
  function counted(attempts: readonly Attempt[]): Record<string, WebhookDay> {
    const real = attempts.filter(({ outcome }) => outcome !== 'test');
    const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
    const ids = new Set(real.map(({ webhookId, endedAt }) => `${webhookId}:${dayOf(endedAt)}`));
    return Object.fromEntries(
      [...ids].map((id) => {
        const mine = real.filter(({ webhookId, endedAt }) => id === `${webhookId}:${dayOf(endedAt)}`);
        const hourOf = ({ endedAt }: Attempt) => Number(new Date(endedAt).toISOString().slice(11, 13));
        const latest = (some: readonly Attempt[]) =>
          some.length === 0 ? null : Math.max(...some.map((a) => a.endedAt));
        const successes = mine.filter(({ outcome }) => outcome === 'succeeded');
        const failures = mine.filter(({ outcome }) => outcome !== 'succeeded');
        const last = failures.findLast(({ endedAt }) => endedAt === latest(failures));
        const answer =
          last?.outcome === 'unanswered'
            ? { statusCode: null, errorClass: 'timeout' }
            : { statusCode: 500, errorClass: 'http-status' };
        const hours = Object.fromEntries(
          [...new Set(mine.map(hourOf))].map((hour) => {
            const within = mine.filter((one) => hourOf(one) === hour);
            const count = (...outcomes: string[]) => within.filter(({ outcome }) => outcomes.includes(outcome)).length;
            const answered = within.filter(({ outcome }) => outcome !== 'unanswered');
            return [
              hour,
              {
                succeeded: count('succeeded'),
                failed: count('failed', 'unanswered', 'exhausted'),
                exhausted: count('exhausted'),
                times: timesOf(...answered.map(({ took }) => took)),
              },
            ];
          }),
        );
        const [webhookId = '', day = ''] = id.split(':');
        const lastFailure = last ? { at: last.endedAt, ...answer } : null;
        const lasts = { lastAttemptAt: latest(mine), lastSuccessAt: latest(successes), lastFailure };
        return [id, { webhookId, workspaceId: 'workspace', day, hours, ...lasts }];
      }),
    );
  }

  it('has the statistics that counting by hand finds', () => {
    fc.assert(fc.property(fc.array(attempt, { maxLength: 60 }), (all) => expect(folded(all)).toEqual(counted(all))));
  });

  it('has the same in whichever order it was stored', () => {
    const histories = fc
      .uniqueArray(attempt, { maxLength: 40, selector: ({ endedAt }) => endedAt })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(fc.property(histories, ([all, shuffled]) => expect(folded(shuffled)).toEqual(folded(all))));
  });
});
