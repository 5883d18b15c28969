import { z } from 'zod';
import { command } from '../../../platform/kernel/index.ts';

export const sessionIdSchema = z.string().regex(/^[\w-]{22}$/);
export const tokenHashSchema = z.string().regex(/^[\w-]{43}$/);

/** Who they are was settled before. `expiresAt`: milliseconds since the epoch. */
export class StartSession extends command(
  'StartSession',
  z.strictObject({
    sessionId: sessionIdSchema,
    userId: z.uuid(),
    tokenHash: tokenHashSchema,
    epoch: z.int().min(0),
    expiresAt: z.int(),
    address: z.string(),
    userAgent: z.string(),
  }),
) {}

export class EndSession extends command('EndSession', z.strictObject({ sessionId: sessionIdSchema })) {}

export type SessionCommand = StartSession | EndSession;
