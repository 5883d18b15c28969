import { z } from 'zod';
import { LISTS } from './changes-of.ts';

/** What a client has to read again. */
export const changeMessage = z.object({
  webhooks: z.array(z.string()).describe('Ids of webhooks; where their deliveries stand may have changed with them'),
  deliveries: z
    .array(
      z.object({
        webhookId: z.string(),
        count: z.int().describe('Changes: a delivery that changed twice counts twice'),
        ids: z.array(z.string()).describe('The 20 that changed last at most, the last first'),
      }),
    )
    .describe('New or changed deliveries, by webhook'),
  redeliveries: z.array(z.string()).describe('Ids of bulk redeliveries'),
  lists: z.array(z.enum(LISTS)).describe('Lists with new or changed entries'),
});
export type ChangeMessage = z.infer<typeof changeMessage>;

/** The same for this list, or for all it names: what a caller may not read it is not told of. */
export const scopeOfList = {
  activity: 'activity:read',
  'api-clients': 'api-clients:read',
  versions: 'versions:read',
  triggers: 'triggers:read',
  workspaces: 'workspaces:read',
  notifications: 'notifications:read',
  users: 'users:read',
} as const;
