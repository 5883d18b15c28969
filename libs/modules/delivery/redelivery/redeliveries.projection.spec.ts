import { describe, it } from '@jest/globals';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import { redeliveries } from './redeliveries.projection.ts';
import type { RedeliveryEvent } from './redelivery.events.ts';

const START = 1_700_000_000_000;
const of = { redeliveryId: 'job', workspaceId: 'workspace', webhookId: null };
const wish = { what: 'all', since: null, until: null, upTo: 90, ratePerSecond: 50 } as const;
const started: RedeliveryEvent = { type: 'RedeliveryStarted', data: { ...of, ...wish } };
const progressed = (webhookId: string, eventPosition: number): RedeliveryEvent => ({
  type: 'RedeliveryProgressed',
  data: { ...of, cursor: { webhookId, eventPosition }, requested: 2, passed: 1 },
});
const after = (...events: RedeliveryEvent[]) =>
  projecting(
    redeliveries,
    record([started, ...events], () => 'redelivery-job', START),
  );

describe('the document of a bulk redelivery', () => {
  it('says what was asked for, by whom and when', () => {
    after().then({
      job: {
        ...of,
        ...wish,
        status: 'running',
        reason: null,
        requested: 0,
        passed: 0,
        cursors: {},
        revision: 0,
        startedAt: START,
        startedBy: 'client:tester',
        traceId: 'trace',
        endedAt: null,
      },
    });
  });

  it('counts, and keeps its place in each webhook', () => {
    after(progressed('one', 3), progressed('other', 1), progressed('one', 8)).then({
      job: {
        requested: 6,
        passed: 3,
        cursors: { one: 8, other: 1 },
        revision: 3,
        startedAt: START,
        endedAt: null,
      },
    });
  });

  it('says how and when it ended', () => {
    const counts = { requested: 2, passed: 1 };
    after({ type: 'RedeliveryFinished', data: { ...of, ...counts, reason: 'done' } }).then({
      job: { status: 'finished', reason: 'done', startedAt: START, endedAt: START + 1 },
    });
    after(progressed('one', 3), { type: 'RedeliveryCancelled', data: { ...of, ...counts } }).then({
      job: { status: 'cancelled', reason: null, endedAt: START + 2 },
    });
  });
});
