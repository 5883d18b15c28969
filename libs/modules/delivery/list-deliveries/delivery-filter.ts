import { z } from 'zod';
import { paging, type Principal } from '../../../platform/http/index.ts';
import { narrowing } from '../delivery/delivery-conditions.ts';
import { deliveryStatuses } from '../delivery/delivery-status.ts';

/** Which deliveries. */
export const deliverySelection = z.strictObject({
  workspace: z
    .string()
    .max(128)
    .optional()
    .describe('The workspace of the webhook, as the header `Workspace` asks for'),
  webhook: z.string().max(128).optional().describe('The id of the webhook'),
  ...narrowing,
  eventWorkspace: narrowing.eventWorkspace.describe(
    'The workspace of the event; the header `Workspace` is that of the webhook',
  ),
  status: z.enum(deliveryStatuses).optional(),
  kind: z.enum(['event', 'test']).optional(),
  redelivery: z.string().max(128).optional().describe('The id of the newest bulk redelivery that asked for it'),
  from: z.iso.datetime({ offset: true }).optional().describe('Created at or after'),
  to: z.iso.datetime({ offset: true }).optional().describe('Created before'),
});
export type DeliverySelection = z.infer<typeof deliverySelection>;

export const deliveryFilter = z.strictObject({ ...deliverySelection.shape, ...paging });
export type DeliveryFilter = z.infer<typeof deliveryFilter>;

/** Of the events of a workspace out of reach there is nothing to see: it is not looked for among the many of another tenant. */
export const isOutOfReach = ({ eventWorkspace }: DeliverySelection, caller: Principal): boolean =>
  eventWorkspace !== undefined && !caller.reaches(eventWorkspace);
