import { z } from 'zod';
import { command } from '../../../platform/kernel/index.ts';
import { ID_SCHEME } from '../delivery/delivery-id.ts';
import type { VersionedAlert } from '../render-alert/render-alert.ts';

export class RecordFanOut extends command(
  'RecordFanOut',
  z.object({
    eventId: z.string(),
    type: z.string(),
    eventWorkspaceId: z.string(),
    eventPosition: z.number(),
    part: z.int(),
    idScheme: z.literal(ID_SCHEME),
    /** What is owed, so that first attempts need not read it again. Not recorded once more. */
    alert: z.custom<VersionedAlert>(),
    deliveries: z
      .array(z.object({ webhookId: z.string(), workspaceId: z.string(), epoch: z.int(), version: z.string() }))
      .readonly(),
  }),
) {}
