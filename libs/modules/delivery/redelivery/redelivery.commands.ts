import { z } from 'zod';
import { command } from '../../../platform/kernel/index.ts';
import { endReasons, redeliverableStatuses, redeliverySelections } from './redelivery.events.ts';

export const MOST_CHOSEN = 200;

export class StartRedelivery extends command(
  'StartRedelivery',
  z.object({
    redeliveryId: z.string(),
    workspaceId: z.string(),
    /** Null for all webhooks of the workspace. */
    webhookId: z.string().nullable(),
    what: z.enum(redeliverySelections),
    since: z.number().nullable(),
    until: z.number().nullable(),
    /** The position of the newest event there is. */
    upTo: z.int(),
    ratePerSecond: z.int().min(1).max(1_000),
    filter: z
      .object({
        status: z.enum(redeliverableStatuses).optional(),
        type: z.string().optional(),
        code: z.string().optional(),
        errorClass: z.string().optional(),
        event: z.string().optional(),
        eventWorkspace: z.string().optional(),
      })
      .optional(),
    deliveryIds: z.array(z.string()).min(1).max(MOST_CHOSEN).optional(),
    expected: z.int().nonnegative().nullable().optional(),
  }),
) {}

/** Harmless when repeated, or when the job has ended meanwhile. */
export class RecordProgress extends command(
  'RecordProgress',
  z.object({
    redeliveryId: z.string(),
    cursor: z.object({ webhookId: z.string(), eventPosition: z.int() }),
    /** Since the progress before. */
    requested: z.int().nonnegative(),
    passed: z.int().nonnegative(),
  }),
) {}

/** Harmless when the job has ended already. */
export class FinishRedelivery extends command(
  'FinishRedelivery',
  z.object({ redeliveryId: z.string(), reason: z.enum(endReasons) }),
) {}

export class CancelRedelivery extends command('CancelRedelivery', z.object({ redeliveryId: z.string() })) {}

export type RedeliveryCommand = StartRedelivery | RecordProgress | FinishRedelivery | CancelRedelivery;
