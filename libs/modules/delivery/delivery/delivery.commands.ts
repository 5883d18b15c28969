import { z } from 'zod';
import { command } from '../../../platform/kernel/index.ts';
import { downgradeFaults } from '../../version-lifecycle/contract.ts';

const ofDelivery = { deliveryId: z.string(), webhookId: z.string(), workspaceId: z.string() };

export const outcomeSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), statusCode: z.int(), answer: z.string() }),
  z.object({
    ok: z.literal(false),
    statusCode: z.int().optional(),
    errorClass: z.string(),
    error: z.string(),
    answer: z.string().optional(),
    retryAfterSeconds: z.number().optional(),
  }),
]);
export type AttemptOutcome = z.infer<typeof outcomeSchema>;

export class RecordAttempt extends command(
  'RecordAttempt',
  z.object({
    ...ofDelivery,
    kind: z.enum(['event', 'test']),
    attempt: z.int().positive(),
    round: z.int().positive(),
    /** The epoch this round belongs to. */
    epoch: z.int(),
    startedAt: z.number(),
    endedAt: z.number(),
    url: z.string(),
    outcome: outcomeSchema,
    schedule: z.array(z.number()).min(1),
    /** In [0, 1): the jitter of the next wait. */
    random: z.number(),
  }),
) {}

/** Harmless when repeated, and when an attempt has ended the round meanwhile. */
export class RecordRenderingFailure extends command(
  'RecordRenderingFailure',
  z.object({
    ...ofDelivery,
    round: z.int().positive(),
    epoch: z.int(),
    type: z.string(),
    version: z.string(),
    releasedIn: z.string(),
    fault: z.enum(downgradeFaults),
    error: z.string(),
  }),
) {}

export class RequestRedelivery extends command(
  'RequestRedelivery',
  z.object({
    ...ofDelivery,
    epoch: z.int(),
    cause: z.enum(['redelivery', 'release']).optional(),
    /** The bulk redelivery that asks for it. */
    redeliveryId: z.string().optional(),
  }),
) {}

/** How it went. */
export type RecordOutcome = RecordAttempt | RecordRenderingFailure;
export type DeliveryCommand = RecordOutcome | RequestRedelivery;
