import { describe, expect, it } from '@jest/globals';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import type { PlatformEvent } from '../platform-event/platform-event.events.ts';
import { deliveries } from './deliveries.projection.ts';
import { deliveryIdOf } from './delivery-id.ts';
import { viewOf } from './delivery-view.ts';
import type { DeliveryEvent, RedeliveryRequested } from './delivery.events.ts';
import { failed, of } from './testing/delivery-fixtures.ts';

const POSITION = 7;
const id = deliveryIdOf({ eventId: 'evt', eventPosition: POSITION }, 'hook');
const mine = { ...of, deliveryId: id };
const fannedOut: PlatformEvent = {
  type: 'EventFannedOut',
  data: {
    ...{ eventId: 'evt', type: 'created', eventWorkspaceId: 'child', eventPosition: POSITION, part: 0 },
    deliveries: [{ webhookId: 'hook', workspaceId: 'workspace', epoch: 0 }],
  },
};
const failure = (attempt: number, changes: object = {}) => failed(attempt, null, { ...mine, ...changes });
const succeeded: DeliveryEvent = {
  type: 'AttemptSucceeded',
  data: { ...mine, attempt: 2, round: 1, startedAt: 10, endedAt: 31, url: 'https://a.example', statusCode: 204 },
};
const asked = (redeliveryId?: string): RedeliveryRequested => ({
  type: 'RedeliveryRequested',
  data: { ...mine, round: 2, epoch: 0, dueAt: 0, cause: 'redelivery', ...(redeliveryId ? { redeliveryId } : {}) },
});
function documentAfter(...history: DeliveryEvent[]) {
  const events = [fannedOut, ...history];
  const streamOf = (event: (typeof events)[number]) =>
    event.type === 'EventFannedOut' ? 'platformEvent-evt' : `delivery-${id}`;
  const document = projecting(deliveries, record(events, streamOf)).documents[id];
  if (!document) throw new Error('no delivery');
  return document;
}
const lastOf = (...history: DeliveryEvent[]) => {
  const { lastStatusCode, lastErrorClass, failedPosition } = documentAfter(...history);
  return [lastStatusCode, lastErrorClass, failedPosition];
};

describe('the document of a delivery', () => {
  it('says how its newest attempt went', () => {
    expect(lastOf()).toEqual([undefined, undefined, undefined]);
    expect(lastOf(failure(1))).toEqual([500, 'http-status', POSITION]);
    expect(lastOf(failure(1), failure(2, { statusCode: undefined, errorClass: 'dns' }))).toEqual([
      undefined,
      'dns',
      POSITION,
    ]);
    expect(lastOf(failure(1), succeeded)).toEqual([204, undefined, undefined]);
  });

  it('goes on saying so while another round is waiting', () => {
    expect(lastOf(failure(1), asked('job'))).toEqual([500, 'http-status', POSITION]);
  });

  it('names the newest job that asked for it, also after it was asked for by itself', () => {
    const jobOf = (...history: DeliveryEvent[]) => {
      const { redeliveryId, redeliveryPosition } = documentAfter(...history);
      return [redeliveryId, redeliveryPosition];
    };
    expect(jobOf(failure(1), asked())).toEqual([undefined, undefined]);
    expect(jobOf(failure(1), asked('first'))).toEqual(['first', POSITION]);
    expect(jobOf(failure(1), asked('first'), asked('second'))).toEqual(['second', POSITION]);
    expect(jobOf(failure(1), asked('first'), asked())).toEqual(['first', POSITION]);
  });
});

describe('the view of a delivery', () => {
  it('has how long each attempt took, and the job', () => {
    const view = viewOf(documentAfter(failure(1), succeeded, asked('job')), undefined);
    expect(view.attempts.map(({ durationMs }) => durationMs)).toEqual([0, 21]);
    expect(view.redeliveryId).toBe('job');
    expect(viewOf(documentAfter(), undefined).redeliveryId).toBeNull();
  });
});
