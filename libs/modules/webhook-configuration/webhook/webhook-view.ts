import { z } from 'zod';
import type { SealingKey } from '../../../platform/sealing/index.ts';
import { deliverySchema } from './delivery-schema.ts';
import { defaultDelivery } from './delivery-settings.ts';
import { headerContext, secretContext } from './sealing-contexts.ts';
import type { Webhook } from './webhook-state.ts';

/** Stands for a secret or header value towards those who may not read it; sent back, it keeps what is stored. */
export const MASK = '********';

export const webhookSchema = z.object({
  id: z.string().describe('24 hexadecimal characters'),
  name: z.string(),
  description: z.string(),
  applyToAllDescendants: z.boolean(),
  url: z.string(),
  secret: z.string().describe(`\`${MASK}\` in lists and without the scope \`webhooks:write\``),
  headers: z.record(z.string(), z.string()).describe('Values are masked as the secret is'),
  triggers: z.array(z.string()),
  status: z.enum(['enabled', 'disabled']),
  updated: z.int().describe('UNIX milliseconds of the last change of the configuration or the status'),
  delivery: deliverySchema,
});
export type WebhookView = z.infer<typeof webhookSchema>;

export const webhookExample: WebhookView = {
  id: '66b204f0c992d50b8b2f984c',
  name: 'Billing webhooks',
  description: 'Used for updating QuickBooks',
  applyToAllDescendants: true,
  url: 'https://www.customer.example/quickbookwebhook',
  secret: 'supersecuresecret',
  headers: { 'X-Request-ID': '123e4567-e89b-12d3-a456-426614174000' },
  triggers: ['workspace-created'],
  status: 'enabled',
  updated: 1_709_856_000_000,
  delivery: { ...defaultDelivery, schedule: null },
};

export const maskedExample: WebhookView = { ...webhookExample, secret: MASK, headers: { 'X-Request-ID': MASK } };

/** With a key the secret and the header values are in clear, without one they are masked. */
export function viewOf(webhook: Webhook, updated: number, key?: SealingKey): WebhookView {
  const { id, name, description, applyToAllDescendants, url, triggers, status, delivery } = webhook;
  const reveal = (sealed: string, context: string) => (key ? key.open(sealed, context) : MASK);
  return {
    id,
    name,
    description,
    applyToAllDescendants,
    url,
    secret: reveal(webhook.secret, secretContext(id)),
    headers: Object.fromEntries(
      Object.entries(webhook.headers).map(([header, value]) => [header, reveal(value, headerContext(id, header))]),
    ),
    triggers: [...triggers],
    status,
    updated,
    delivery: { ...delivery, schedule: delivery.schedule && [...delivery.schedule] },
  };
}
