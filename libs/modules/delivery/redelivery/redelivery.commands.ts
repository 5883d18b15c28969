import { z } from 'zod';
import { command } from '../../../platform/kernel/index.ts';
import { endReasons, redeliverySelections } from './redelivery.events.ts';

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
