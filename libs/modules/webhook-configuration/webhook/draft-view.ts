import { z } from 'zod';
import { webhookExample, webhookSchema, type WebhookView } from './webhook-view.ts';

const { shape } = webhookSchema;
const { name, description, applyToAllDescendants, url, secret, headers, triggers, delivery, version } = shape;
const changesSchema = z
  .object({ name, description, applyToAllDescendants, url, secret, headers, triggers, delivery })
  .partial();
const payload = z.record(z.string(), z.unknown()).nullable();

export const draftSchema = z.object({
  version: version.describe('Where publishing moves the webhook'),
  of: z.string().describe('The version of the webhook when the draft was made'),
  by: z.enum(['admin', 'calendar']).describe('`calendar`: made a month before that version expires'),
  changes: changesSchema.describe('The fields it changes; secrets and header values are masked as in the webhook'),
  webhook: webhookSchema.describe('The webhook as it would be after publishing'),
  differences: z
    .array(z.object({ field: z.string(), live: z.unknown(), draft: z.unknown() }))
    .describe('The fields that publishing would change, as they are and as they would be'),
  examples: z
    .array(
      z.object({
        trigger: z.string(),
        live: payload.describe('`data` as it comes now; null for a trigger it does not listen to now'),
        draft: payload,
      }),
    )
    .describe('What the `data` of its alerts looks like, for each trigger where that changes'),
});
export type DraftView = z.infer<typeof draftSchema>;

/** What a draft may change, by the name it has in answers. */
export const DRAFT_FIELDS = Object.keys(changesSchema.shape) as readonly (keyof WebhookView)[];

const moved: WebhookView = { ...webhookExample, version: '2026-11-01' };
export const draftExample: DraftView = {
  version: moved.version,
  of: webhookExample.version,
  by: 'calendar',
  changes: { url: 'https://www.customer.example/newwebhook' },
  webhook: { ...moved, url: 'https://www.customer.example/newwebhook' },
  differences: [
    { field: 'url', live: webhookExample.url, draft: 'https://www.customer.example/newwebhook' },
    { field: 'version', live: webhookExample.version, draft: moved.version },
  ],
  examples: [
    {
      trigger: 'workspace-created',
      live: { companyName: 'company1', displayName: 'company1', type: 'child' },
      draft: { company: { name: 'company1', displayName: 'company1' }, type: 'child' },
    },
  ],
};
