import { z } from 'zod';
import { paging } from '../../../platform/http/index.ts';
import { deliveryStatuses } from '../delivery/delivery-status.ts';

export const deliveryFilter = z.strictObject({
  workspace: z
    .string()
    .max(128)
    .optional()
    .describe('The workspace of the webhook, as the header `Workspace` asks for'),
  webhook: z.string().max(128).optional().describe('The id of the webhook'),
  eventWorkspace: z
    .string()
    .max(128)
    .optional()
    .describe('The workspace of the event; the header `Workspace` is that of the webhook'),
  event: z.string().max(128).optional().describe('The id of the event, which is the hook id'),
  status: z.enum(deliveryStatuses).optional(),
  type: z.string().max(100).optional(),
  kind: z.enum(['event', 'test']).optional(),
  from: z.iso.datetime({ offset: true }).optional().describe('Created at or after'),
  to: z.iso.datetime({ offset: true }).optional().describe('Created before'),
  ...paging,
});
export type DeliveryFilter = z.infer<typeof deliveryFilter>;
