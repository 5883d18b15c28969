import { z } from 'zod';
import { command } from '../../../platform/kernel/index.ts';

export class RecordFanOut extends command(
  'RecordFanOut',
  z.object({
    eventId: z.string(),
    type: z.string(),
    eventWorkspaceId: z.string(),
    eventPosition: z.number(),
    part: z.int(),
    deliveries: z.array(z.object({ webhookId: z.string(), workspaceId: z.string(), epoch: z.int() })).readonly(),
  }),
) {}
