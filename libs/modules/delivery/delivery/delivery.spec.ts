import { describe, it } from '@jest/globals';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { delivery } from './delivery.decider.ts';
import {
  failed,
  failure,
  of,
  recordAttempt,
  redelivery,
  roundRequested,
  success,
} from './testing/delivery-fixtures.ts';
import type { AttemptSucceeded, DeliveryEvent } from './delivery.events.ts';

const { given, when } = specify(delivery);
const exhausted = (round = 1, epoch = 0, redelivered = false, attempts = 4): DeliveryEvent => ({
  type: 'DeliveryExhausted',
  data: {
    ...of,
    kind: 'event',
    round,
    epoch,
    redelivery: redelivered,
    attempts,
    lastError: 'The receiver answered 500.',
  },
});
const threeFailures = [failed(1, 60_000), failed(2, 300_000), failed(3, 1_800_000)];

describe('a pending delivery', () => {
  it('succeeds by a successful attempt', () => when(recordAttempt(1, success)).then([succeeded(1)]));

  it('is attempted again after a failure, when the schedule says', () =>
    when(recordAttempt(1)).then([failed(1, 60_000)]));

  it('waits longer each time', () =>
    given([failed(1, 60_000)])
      .when(recordAttempt(2))
      .then([failed(2, 300_000)]));

  it('is exhausted by its fourth failure', () => {
    given(threeFailures)
      .when(recordAttempt(4))
      .then([failed(4, null), exhausted()]);
  });

  it('may succeed at its last attempt', () =>
    given(threeFailures)
      .when(recordAttempt(4, success))
      .then([succeeded(4)]));

  it('ignores an attempt that is recorded already', () => {
    given([failed(1, 60_000)])
      .when(recordAttempt(1))
      .thenNothing();
    given([succeeded(1)])
      .when(recordAttempt(1, success))
      .thenNothing();
  });

  it('waits as long as the receiver asks, if that is longer', () => {
    when(recordAttempt(1, { ...failure, retryAfterSeconds: 120 })).then([failed(1, 120_000)]);
  });

  it('is neither redelivered nor released', () => {
    given([failed(1, 60_000)])
      .when(redelivery(0))
      .thenRefused('conflict', /still being attempted/);
    given([failed(1, 60_000), roundRequested(2, 2, 'release')])
      .when(redelivery(2, 'release'))
      .thenRefused('conflict', /still being attempted/);
  });

  it('is held by 410, whatever is left of its schedule', () => {
    when(recordAttempt(1, { ...failure, statusCode: 410 })).then([failed(1, null, { statusCode: 410, gone: true })]);
    given(threeFailures)
      .when(recordAttempt(4, { ...failure, statusCode: 410 }))
      .then([failed(4, null, { statusCode: 410, gone: true })]);
  });
});

describe('a held delivery', () => {
  const again = (round: number) =>
    [4, 5, 6].map((attempt, i) => failed(attempt, [60_000, 300_000, 1_800_000][i] ?? null, { round, epoch: 2 }));

  it('begins a new round when it is released, once its webhook is on again', () => {
    given([failed(1, 60_000)])
      .when(redelivery(2, 'release'))
      .then([roundRequested(2, 2, 'release')]);
    given([failed(1, null, { gone: true })])
      .when(redelivery(0, 'release'))
      .then([roundRequested(2, 0, 'release')]);
  });

  it('that was released starts its schedule again, and attempt numbers go on', () => {
    given([...threeFailures, roundRequested(2, 2, 'release')])
      .when(recordAttempt(4, failure, { round: 2, epoch: 2 }))
      .then([failed(4, 60_000, { round: 2, epoch: 2 })]);
  });

  it('that was released and failed for good names the epoch it was released in, as no redelivery', () => {
    given([...threeFailures, roundRequested(2, 2, 'release'), ...again(2)])
      .when(recordAttempt(7, failure, { round: 2, epoch: 2 }))
      .then([failed(7, null, { round: 2, epoch: 2 }), exhausted(2, 2, false, 7)]);
  });

  it('that was let go of with all the webhook held begins its round by its next attempt', () => {
    given(threeFailures)
      .when(recordAttempt(4, failure, { round: 2, epoch: 2 }))
      .then([failed(4, 60_000, { round: 2, epoch: 2 })]);
    given([...threeFailures, ...again(2)])
      .when(recordAttempt(7, failure, { round: 2, epoch: 2 }))
      .then([failed(7, null, { round: 2, epoch: 2 }), exhausted(2, 2, false, 7)]);
  });

  it('is not released if it has been finished by an attempt that was in flight', () => {
    given([succeeded(1)])
      .when(redelivery(2, 'release'))
      .thenRefused('conflict', /no longer held/);
    given([...threeFailures, failed(4, null), exhausted()])
      .when(redelivery(2, 'release'))
      .thenRefused('conflict', /no longer held/);
  });
});

describe('a skipped delivery', () => {
  it('begins its first attempts when it is redelivered, and is not redelivered twice at a time', () => {
    when(redelivery(0)).then([roundRequested(2)]);
    given([roundRequested(2)])
      .when(redelivery(0))
      .thenRefused('conflict', /still being attempted/);
  });
});

describe('a finished delivery', () => {
  const finished = [...threeFailures, failed(4, null), exhausted()];

  it('begins a new round when it is redelivered', () => {
    given(finished)
      .when(redelivery(2))
      .then([roundRequested(2, 2)]);
    given([succeeded(1)])
      .when(redelivery(0))
      .then([roundRequested(2)]);
  });

  it('that fails again says that the round was a redelivery', () => {
    const again = [5, 6, 7].map((attempt, i) => failed(attempt, [60_000, 300_000, 1_800_000][i] ?? null, { round: 2 }));
    given([...finished, roundRequested(2), ...again])
      .when(recordAttempt(8, failure, { round: 2 }))
      .then([failed(8, null, { round: 2 }), exhausted(2, 0, true, 8)]);
  });
});

describe('a redelivery from before causes were recorded', () => {
  it('disables nothing when it fails', () => {
    const before = { ...of, round: 2, epoch: 0, dueAt: 0 };
    const failures = [1, 2, 3].map((attempt) => failed(attempt, 1, { round: 2 }));
    given([{ type: 'RedeliveryRequested', data: before }, ...failures])
      .when(recordAttempt(4, failure, { round: 2 }))
      .then([failed(4, null, { round: 2 }), exhausted(2, 0, true, 4)]);
  });
});

describe('an attempt of an earlier round that ends late', () => {
  const redelivered = [failed(1, 60_000), roundRequested(2, 2)];

  it('is recorded, and changes nothing of the new round, if it failed', () => {
    given(redelivered)
      .when(recordAttempt(2))
      .then([failed(2, null)]);
    given([...redelivered, failed(2, null)])
      .when(recordAttempt(3, failure, { round: 2, epoch: 2 }))
      .then([failed(3, 60_000, { round: 2, epoch: 2 })]);
  });

  it('finishes the delivery if it succeeded', () =>
    given(redelivered)
      .when(recordAttempt(2, success))
      .then([succeeded(2)]));
});

describe('a test delivery', () => {
  it('is sent once, and has no say', () => {
    when(recordAttempt(1, { ...failure, statusCode: 410 }, { kind: 'test', schedule: [0] })).then([
      failed(1, null, { kind: 'test', statusCode: 410 }),
      {
        type: 'DeliveryExhausted',
        data: { ...of, kind: 'test', round: 1, epoch: 0, redelivery: false, attempts: 1, lastError: failure.error },
      },
    ]);
  });

  it('says in its attempt that it is one', () => {
    const { type, data } = succeeded(1);
    when(recordAttempt(1, success, { kind: 'test', schedule: [0] })).then([{ type, data: { ...data, kind: 'test' } }]);
  });
});

function succeeded(attempt: number): AttemptSucceeded {
  const record = { attempt, round: 1, startedAt: 0, endedAt: 0, url: 'https://receiver.example/hook' };
  return { type: 'AttemptSucceeded', data: { ...of, ...record, statusCode: 200, answer: 'ok' } };
}
