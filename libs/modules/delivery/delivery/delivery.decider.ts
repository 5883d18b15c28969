import { conflict, type Decider } from '../../../platform/kernel/index.ts';
import type { DeliveryCommand, RecordAttempt, RecordRenderingFailure, RequestRedelivery } from './delivery.commands.ts';
import type { AttemptRecord, DeliveryEvent, DeliveryKind, RoundCause } from './delivery.events.ts';
import { nextAttemptAt } from './retry-schedule.ts';

/** The result of the delivery's own events. Being held or cancelled follows from the webhook's (delivery-status.ts). */
export type Outcome = 'unfinished' | 'succeeded' | 'exhausted' | 'unrendered';

export type Delivery = {
  readonly outcome: Outcome;
  /** Attempts recorded in all rounds. */
  readonly attempts: number;
  readonly round: number;
  readonly roundAttempts: number;
  /** The epoch the current round belongs to; null until an event of this stream says so (then it is that of the fan-out). */
  readonly epoch: number | null;
  /** What the current round was begun by. */
  readonly cause: 'fan-out' | RoundCause;
  readonly gone: boolean;
};

const initial: Delivery = {
  outcome: 'unfinished',
  attempts: 0,
  round: 1,
  roundAttempts: 0,
  epoch: null,
  cause: 'fan-out',
  gone: false,
};

export const delivery: Decider<Delivery, DeliveryCommand, DeliveryEvent> = {
  category: 'delivery',
  initialState: () => initial,

  evolve: (state, event) => {
    switch (event.type) {
      case 'AttemptSucceeded':
        return { ...state, ...counted(state, event.data), outcome: 'succeeded', gone: false };
      case 'AttemptFailed':
        if (event.data.round < state.round) return { ...state, attempts: event.data.attempt };
        return { ...state, ...counted(state, event.data), epoch: event.data.epoch, gone: event.data.gone };
      case 'DeliveryExhausted':
        return { ...state, outcome: 'exhausted' };
      case 'RenderingFailed':
        return {
          ...state,
          ...inRound(state, event.data.round),
          outcome: 'unrendered',
          epoch: event.data.epoch,
          gone: false,
        };
      case 'RedeliveryRequested':
        return {
          ...state,
          outcome: 'unfinished',
          round: event.data.round,
          roundAttempts: 0,
          epoch: event.data.epoch,
          cause: event.data.cause ?? 'redelivery',
          gone: false,
        };
    }
  },

  decide: (command, state) => {
    switch (command.type) {
      case 'RecordAttempt':
        return recordAttempt(command, state);
      case 'RecordRenderingFailure':
        return recordRenderingFailure(command, state);
      case 'RequestRedelivery':
        return requestRedelivery(command, state);
    }
  },
};

type Round = Pick<Delivery, 'round' | 'roundAttempts' | 'cause'>;

/** A round is counted anew when the first that is heard of it is how it went: a release begins one without an event of the delivery. */
const inRound = (state: Delivery, round: number): Round =>
  round > state.round ? { round, roundAttempts: 0, cause: 'fan-out' } : state;

function counted(state: Delivery, { attempt, round: of }: AttemptRecord): Round & Pick<Delivery, 'attempts'> {
  const { round, roundAttempts, cause } = inRound(state, of);
  return { attempts: attempt, round, roundAttempts: roundAttempts + 1, cause };
}

function recordAttempt({ data }: RecordAttempt, state: Delivery): DeliveryEvent[] {
  if (data.attempt <= state.attempts || state.outcome === 'succeeded') return [];
  const { deliveryId, webhookId, workspaceId, attempt, round, startedAt, endedAt, url, outcome, epoch } = data;
  const of = { deliveryId, webhookId, workspaceId };
  const record: AttemptRecord = { attempt, ...ofTest(data.kind), round, startedAt, endedAt, url };
  if (outcome.ok) {
    return [
      { type: 'AttemptSucceeded', data: { ...of, ...record, statusCode: outcome.statusCode, answer: outcome.answer } },
    ];
  }
  const { ok: _, retryAfterSeconds, ...failure } = outcome;
  const failed = (gone: boolean, next: number | null): DeliveryEvent => ({
    type: 'AttemptFailed',
    data: { ...of, ...record, ...failure, epoch, gone, nextAttemptAt: next },
  });
  // A newer round has begun meanwhile, or the round is over: a fact to keep, with no say in what happens next.
  if (round < state.round || (round === state.round && state.outcome !== 'unfinished')) return [failed(false, null)];
  if (outcome.statusCode === 410 && data.kind === 'event') return [failed(true, null)];
  const { roundAttempts, cause } = counted(state, record);
  const redelivery = cause === 'redelivery';
  const next = nextAttemptAt(data.schedule, roundAttempts, endedAt, { random: data.random, retryAfterSeconds });
  if (next !== null) return [failed(false, next)];
  return [
    failed(false, null),
    {
      type: 'DeliveryExhausted',
      data: { ...of, kind: data.kind, round, epoch, redelivery, attempts: attempt, lastError: outcome.error },
    },
  ];
}

const ofTest = (kind: DeliveryKind): Pick<AttemptRecord, 'kind'> => (kind === 'test' ? { kind } : {});

function recordRenderingFailure({ data, metadata }: RecordRenderingFailure, state: Delivery): DeliveryEvent[] {
  if (state.outcome !== 'unfinished' || data.round < state.round) return [];
  return [{ type: 'RenderingFailed', data: { ...data, at: metadata.at } }];
}

function requestRedelivery({ data, metadata }: RequestRedelivery, state: Delivery): DeliveryEvent[] {
  const running = state.outcome === 'unfinished' && state.epoch === data.epoch && !state.gone;
  if (running) throw conflict('The delivery is still being attempted.');
  // An attempt that was in flight when its webhook went off may have finished it since it was seen as held.
  if (data.cause === 'release' && state.outcome !== 'unfinished') throw conflict('The delivery is no longer held.');
  return [{ type: 'RedeliveryRequested', data: { ...data, round: state.round + 1, dueAt: metadata.at } }];
}
