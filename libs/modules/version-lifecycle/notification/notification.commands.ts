import { z } from 'zod';
import { command } from '../../../platform/kernel/index.ts';

/** Harmless when repeated: the id is derived from version, date, workspace and user. */
export class RaiseNotification extends command(
  'RaiseNotification',
  z.object({
    notificationId: z.string(),
    workspaceId: z.string(),
    version: z.string(),
    newest: z.string(),
    expiresAt: z.number(),
    disableAt: z.number(),
    user: z.string(),
    webhooks: z.array(z.object({ webhookId: z.string(), name: z.string() })).readonly(),
    webhookCount: z.int(),
  }),
) {}

/** Nothing happens when it is acknowledged already. */
export class AcknowledgeNotification extends command(
  'AcknowledgeNotification',
  z.object({ notificationId: z.string(), workspaceId: z.string() }),
) {}

export type NotificationCommand = RaiseNotification | AcknowledgeNotification;
