import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../../../platform/kernel/index.ts';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import {
  CancelRedelivery,
  FinishRedelivery,
  RecordProgress,
  StartRedelivery,
  type RedeliveryCommand,
} from './redelivery.commands.ts';
import { redelivery, type Redelivery } from './redelivery.decider.ts';
import type { EndReason, RedeliveryEvent } from './redelivery.events.ts';
import { metadata } from '../delivery/testing/delivery-fixtures.ts';

const { given, when } = specify(redelivery);
const redeliveryId = 'job';
const of = { redeliveryId, workspaceId: 'workspace', webhookId: 'hook' };
const wish = { what: 'not-delivered', since: 1_000, until: null, upTo: 90, ratePerSecond: 50 } as const;

const start = () => new StartRedelivery({ ...of, ...wish }, metadata);
const progress = (eventPosition: number, requested = 2, passed = 1, webhookId = 'hook') =>
  new RecordProgress({ redeliveryId, cursor: { webhookId, eventPosition }, requested, passed }, metadata);
const finish = (reason: EndReason = 'done') => new FinishRedelivery({ redeliveryId, reason }, metadata);
const cancel = () => new CancelRedelivery({ redeliveryId }, metadata);

const started: RedeliveryEvent = { type: 'RedeliveryStarted', data: { ...of, ...wish } };
const progressed = (eventPosition: number, requested = 2, passed = 1, webhookId = 'hook'): RedeliveryEvent => ({
  type: 'RedeliveryProgressed',
  data: { ...of, cursor: { webhookId, eventPosition }, requested, passed },
});
const finished = (reason: EndReason, requested = 0, passed = 0): RedeliveryEvent => ({
  type: 'RedeliveryFinished',
  data: { ...of, requested, passed, reason },
});
const cancelled = (requested = 0, passed = 0): RedeliveryEvent => ({
  type: 'RedeliveryCancelled',
  data: { ...of, requested, passed },
});

describe('a bulk redelivery', () => {
  it('starts once', () => {
    when(start()).then([started]);
    given([started]).when(start()).thenRefused('conflict');
  });

  it('has to be started before it can be anything else', () => {
    for (const command of [progress(1), finish(), cancel()]) when(command).thenRefused('not-found');
  });

  it('records how far it has got, and what it has asked for on the way', () => {
    given([started])
      .when(progress(7))
      .then([progressed(7)]);
    given([started, progressed(7)])
      .when(progress(9))
      .then([progressed(9)]);
  });

  it('does not count again what is recorded already', () => {
    given([started, progressed(7)])
      .when(progress(7))
      .thenNothing();
    given([started, progressed(7)])
      .when(progress(5))
      .thenNothing();
  });

  it('gets on with each webhook by itself', () => {
    given([started, progressed(7)])
      .when(progress(3, 1, 0, 'other'))
      .then([progressed(3, 1, 0, 'other')]);
  });

  it('finishes with what it came to, for a reason', () => {
    given([started, progressed(7), progressed(9)])
      .when(finish())
      .then([finished('done', 4, 2)]);
    given([started])
      .when(finish('webhook-disabled'))
      .then([finished('webhook-disabled')]);
  });

  it('can be cancelled while it is running', () => {
    given([started, progressed(7)])
      .when(cancel())
      .then([cancelled(2, 1)]);
  });
});

describe('a bulk redelivery that has finished', () => {
  it('cannot be cancelled', () =>
    given([started, finished('done')])
      .when(cancel())
      .thenRefused('conflict'));

  it('stays as it is', () => {
    for (const command of [progress(99), finish()])
      given([started, finished('done')])
        .when(command)
        .thenNothing();
  });
});

describe('a bulk redelivery that was cancelled', () => {
  it('stays cancelled, however often that is asked for', () => {
    for (const command of [progress(99), finish(), cancel()]) given([started, cancelled()]).when(command).thenNothing();
  });
});

describe('whatever is done with a bulk redelivery', () => {
  const positive = fc.nat({ max: 20 });
  const commands: fc.Arbitrary<RedeliveryCommand> = fc.oneof(
    { arbitrary: fc.constant(start()), weight: 1 },
    {
      arbitrary: fc
        .tuple(positive, positive, positive, fc.constantFrom('hook', 'other'))
        .map(([position, requested, passed, webhookId]) => progress(position, requested, passed, webhookId)),
      weight: 8,
    },
    { arbitrary: fc.constantFrom(finish(), finish('webhook-removed'), cancel()), weight: 1 },
  );

  const after = (state: Redelivery | undefined, command: RedeliveryCommand): readonly RedeliveryEvent[] => {
    try {
      return redelivery.decide(command, state);
    } catch (error) {
      if (error instanceof Refusal) return [];
      throw error;
    }
  };

  it('its counts and cursors never go back, and nothing happens after its end', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 40 }), (list) => {
        let state: Redelivery | undefined = redelivery
          .decide(start(), undefined)
          .reduce(redelivery.evolve, undefined as Redelivery | undefined);
        for (const command of list) {
          const before = state;
          const events = after(state, command);
          if (before && before.status !== 'running') expect(events).toEqual([]);
          state = events.reduce(redelivery.evolve, state);
          if (!before || !state) continue;
          expect(state.requested).toBeGreaterThanOrEqual(before.requested);
          expect(state.passed).toBeGreaterThanOrEqual(before.passed);
          for (const [webhookId, position] of Object.entries(before.cursors))
            expect(state.cursors[webhookId]).toBeGreaterThanOrEqual(position);
        }
      }),
    );
  });

  it('doing it twice is the same as doing it once', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 20 }), (list) => {
        const run = (all: readonly RedeliveryCommand[]) =>
          all.reduce<Redelivery | undefined>(
            (state, command) => after(state, command).reduce(redelivery.evolve, state),
            undefined,
          );
        expect(run(list.flatMap((command) => [command, command]))).toEqual(run(list));
      }),
    );
  });
});
