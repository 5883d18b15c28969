import { describe, it } from '@jest/globals';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { delivery } from './delivery.decider.ts';
import type { DeliveryEvent } from './delivery.events.ts';
import {
  failed,
  failure,
  of,
  recordAttempt,
  recordRenderingFailure,
  redelivery,
  renderingFailed,
  roundRequested,
  success,
} from './testing/delivery-fixtures.ts';

const { given, when } = specify(delivery);
const succeeded = (attempt: number, round = 1): DeliveryEvent => {
  const record = { attempt, round, startedAt: 0, endedAt: 0, url: 'https://receiver.example/hook' };
  return { type: 'AttemptSucceeded', data: { ...of, ...record, statusCode: 200, answer: 'ok' } };
};
const exhausted: DeliveryEvent = {
  type: 'DeliveryExhausted',
  data: { ...of, kind: 'event', round: 1, epoch: 0, redelivery: false, attempts: 1, lastError: failure.error },
};

describe('a delivery whose alert cannot be rendered', () => {
  it('is over, without an attempt', () => {
    when(recordRenderingFailure()).then([renderingFailed()]);
    given([renderingFailed(), roundRequested(2)])
      .when(recordAttempt(1, success, { round: 2 }))
      .then([succeeded(1, 2)]);
  });

  it('ignores that it is told again', () => {
    given([renderingFailed()]).when(recordRenderingFailure()).thenNothing();
    given([failed(1, 60_000), renderingFailed({ round: 2, epoch: 2 })])
      .when(recordRenderingFailure({ round: 2, epoch: 2 }))
      .thenNothing();
  });

  it('is not what has been attempted to its end meanwhile, by another process', () => {
    given([succeeded(1)])
      .when(recordRenderingFailure())
      .thenNothing();
    given([failed(1, null), exhausted])
      .when(recordRenderingFailure())
      .thenNothing();
    given([roundRequested(2)])
      .when(recordRenderingFailure())
      .thenNothing();
  });

  it('has succeeded if an attempt of another process did', () => {
    given([renderingFailed()])
      .when(recordAttempt(1, success))
      .then([succeeded(1)]);
    given([renderingFailed(), succeeded(1)])
      .when(recordRenderingFailure())
      .thenNothing();
  });

  it('keeps an attempt of another process that failed, which has no say', () => {
    given([renderingFailed()])
      .when(recordAttempt(1, { ...failure, statusCode: 410 }))
      .then([failed(1, null, { statusCode: 410 })]);
  });

  it('begins a new round, with its whole schedule, when it is redelivered, and is not held', () => {
    given([failed(1, 60_000), renderingFailed()])
      .when(redelivery(2))
      .then([roundRequested(2, 2)]);
    given([failed(1, 60_000), renderingFailed(), roundRequested(2, 2)])
      .when(recordAttempt(2, failure, { round: 2, epoch: 2 }))
      .then([failed(2, 60_000, { round: 2, epoch: 2 })]);
    given([renderingFailed()])
      .when(redelivery(2, 'release'))
      .thenRefused('conflict', /no longer held/);
  });

  it('may be one that was let go of with all its webhook held: that round is over, too', () => {
    given([failed(1, 60_000), renderingFailed({ round: 2, epoch: 2 })])
      .when(redelivery(2))
      .then([roundRequested(3, 2)]);
  });
});
