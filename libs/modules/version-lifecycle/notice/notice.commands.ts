import { z } from 'zod';
import { command } from '../../../platform/kernel/index.ts';

const affected = z.object({
  webhookId: z.string(),
  name: z.string(),
  url: z.string(),
  workspaceId: z.string(),
  workspaceName: z.string(),
});

/** An event with as many ids of the greatest length is of a few hundred kilobytes. */
export const MOST_WORKSPACES = 2_000;

/** Harmless when repeated: the id is derived from version, milestone, date and address. */
export class OweNotice extends command(
  'OweNotice',
  z.object({
    noticeId: z.string(),
    workspaceId: z.string(),
    version: z.string(),
    milestone: z.enum(['announcement', 'reminder', 'withdrawal']),
    newest: z.string(),
    expiresAt: z.number(),
    address: z.string(),
    webhooks: z.array(affected).readonly(),
    webhookCount: z.int(),
    workspaceIds: z.array(z.string()).max(MOST_WORKSPACES).readonly(),
    staleAt: z.number().nullable(),
  }),
) {}

/** How sending it went. Harmless when it is over. */
export class RecordSending extends command(
  'RecordSending',
  z.object({
    noticeId: z.string(),
    outcome: z.discriminatedUnion('is', [
      z.object({ is: z.literal('sent'), place: z.string() }),
      z.object({ is: z.literal('refused'), error: z.string() }),
      z.object({ is: z.literal('unavailable'), error: z.string() }),
    ]),
  }),
) {}

export class SkipNotice extends command(
  'SkipNotice',
  z.object({ noticeId: z.string(), reason: z.enum(['overtaken', 'void', 'moved', 'untold']) }),
) {}

export type NoticeCommand = OweNotice | RecordSending | SkipNotice;
