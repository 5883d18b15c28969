import { z } from 'zod';
import { command } from '../../../platform/kernel/index.ts';

const ofMail = z.object({
  linkId: z.string(),
  userId: z.string(),
  workspaceId: z.string(),
  purpose: z.enum(['invitation', 'reset']),
  address: z.string(),
});

/** How sending it went. Harmless when it is over. `expiresAt`: of the link, after which no attempt is made. */
export class RecordAccountMail extends command(
  'RecordAccountMail',
  z.object({
    mail: ofMail,
    expiresAt: z.number(),
    outcome: z.discriminatedUnion('is', [
      z.object({ is: z.literal('sent'), place: z.string() }),
      z.object({ is: z.enum(['refused', 'unavailable']), error: z.string() }),
    ]),
  }),
) {}

export class SkipAccountMail extends command(
  'SkipAccountMail',
  z.object({ mail: ofMail, reason: z.enum(['expired', 'void']) }),
) {}

export type AccountMailCommand = RecordAccountMail | SkipAccountMail;
