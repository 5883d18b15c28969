import { RecordAttempt, RecordRenderingFailure, RequestRedelivery, type AttemptOutcome } from '../delivery.commands.ts';
import type { AttemptFailed, DeliveryEvent, RenderingFailed, RoundCause } from '../delivery.events.ts';

export const of = { deliveryId: 'delivery', webhookId: 'hook', workspaceId: 'workspace' };
export const metadata = { at: 9_000, actor: 'client:tester', traceId: 'trace' };
export const SCHEDULE = [0, 60, 300, 1800];

export const success: AttemptOutcome = { ok: true, statusCode: 200, answer: 'ok' };
export const failure = {
  ok: false,
  statusCode: 500,
  errorClass: 'http-status',
  error: 'The receiver answered 500.',
  answer: 'no',
} as const satisfies AttemptOutcome;

type AttemptChanges = Partial<RecordAttempt['data']>;

/** At instant 0, without jitter, in the first round and epoch unless changed. */
export const recordAttempt = (
  attempt: number,
  outcome: AttemptOutcome = failure,
  changes: AttemptChanges = {},
): RecordAttempt =>
  new RecordAttempt(
    {
      ...of,
      kind: 'event',
      attempt,
      round: 1,
      epoch: 0,
      startedAt: 0,
      endedAt: 0,
      url: 'https://receiver.example/hook',
      outcome,
      schedule: SCHEDULE,
      random: 0,
      ...changes,
    },
    metadata,
  );

export const redelivery = (epoch: number, cause: RoundCause = 'redelivery'): RequestRedelivery =>
  new RequestRedelivery({ ...of, epoch, cause }, metadata);
export const roundRequested = (round: number, epoch = 0, cause: RoundCause = 'redelivery'): DeliveryEvent => ({
  type: 'RedeliveryRequested',
  data: { ...of, round, epoch, cause, dueAt: metadata.at },
});

export const failed = (
  attempt: number,
  nextAttemptAt: number | null,
  changes: Partial<AttemptFailed['data']> = {},
): DeliveryEvent => {
  const { statusCode, errorClass, error, answer } = failure;
  const record = { attempt, round: 1, startedAt: 0, endedAt: 0, url: 'https://receiver.example/hook' };
  const result = { statusCode, errorClass, error, answer, epoch: 0, gone: false, nextAttemptAt };
  return { type: 'AttemptFailed', data: { ...of, ...record, ...result, ...changes } };
};

const unrendered = {
  ...of,
  round: 1,
  epoch: 0,
  type: 'created',
  version: '2026-01-01',
  releasedIn: '2026-02-01',
  fault: 'error',
  error: 'The result is no object.',
} as const;
export const recordRenderingFailure = (changes: Partial<RecordRenderingFailure['data']> = {}): RecordRenderingFailure =>
  new RecordRenderingFailure({ ...unrendered, ...changes }, metadata);
export const renderingFailed = (changes: Partial<RenderingFailed['data']> = {}): RenderingFailed => ({
  type: 'RenderingFailed',
  data: { ...unrendered, at: metadata.at, ...changes },
});
