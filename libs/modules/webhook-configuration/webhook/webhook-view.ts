import { z } from 'zod';
import type { Instant } from '../../../platform/kernel/index.ts';
import type { SealingKey } from '../../../platform/sealing/index.ts';
import { deliverySchema } from './delivery-schema.ts';
import { defaultDelivery } from './delivery-settings.ts';
import { headerContext, secretContext } from './sealing-contexts.ts';
import type { Webhook } from './webhook-state.ts';
import { FIRST_VERSION, type Expiration } from './webhook-versions.ts';

/** Stands for a secret or header value towards those who may not read it; sent back, it keeps what is stored. */
export const MASK = '********';

export const webhookSchema = z.object({
  id: z.string().describe('24 hexadecimal characters'),
  name: z.string(),
  description: z.string(),
  applyToAllDescendants: z.boolean(),
  url: z.string(),
  secret: z
    .string()
    .nullable()
    .describe(
      `\`${MASK}\` in lists and without the scope \`webhooks:write\`; null in the location dialect, where the secret of the location signs`,
    ),
  headers: z.record(z.string(), z.string()).describe('Values are masked as the secret is'),
  triggers: z.array(z.string()),
  status: z.enum(['enabled', 'disabled']),
  updated: z.int().describe('UNIX milliseconds of the last change of the configuration or the status'),
  delivery: deliverySchema,
  version: z.string().describe('The webhook version its alerts are made in'),
  expiresAt: z.int().nullable().describe('UNIX milliseconds; null for the current version'),
  expiring: z.boolean().describe('From a week before the version expires until its webhooks are disabled'),
  disabledBy: z.enum(['admin', 'exhausted', 'gone', 'expired']).nullable().describe('Null while it is enabled'),
  hasDraft: z.boolean(),
  dialect: z
    .enum(['workspace', 'location'])
    .describe(
      'The API it was made in, `location` for `/api/sys/webhooks`: selects how its alerts look, and never changes',
    ),
  number: z
    .int()
    .nullable()
    .describe('The integer Id it has in the location dialect; null for the moment until an old webhook gets one'),
  previousSecretUntil: z
    .int()
    .nullable()
    .describe('UNIX milliseconds until which the secret that was rotated still signs, too; null when none does'),
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
  version: FIRST_VERSION,
  expiresAt: null,
  expiring: false,
  disabledBy: null,
  hasDraft: false,
  dialect: 'workspace',
  number: 87_654_321,
  previousSecretUntil: null,
};

export const maskedExample: WebhookView = { ...webhookExample, secret: MASK, headers: { 'X-Request-ID': MASK } };

export type Shown = {
  readonly updated: number;
  /** Of the webhook's version. */
  readonly expiration: Expiration | null;
  readonly now: Instant;
};

/** With a key the secret and the header values are in clear, without one they are masked. */
export function viewOf(webhook: Webhook, { updated, expiration, now }: Shown, key?: SealingKey): WebhookView {
  const { id, name, description, applyToAllDescendants, url, triggers, status, delivery } = webhook;
  const { version, disabledBy, draft, dialect, number, previousSecret } = webhook;
  const reveal = (sealed: string, context: string) => (key ? key.open(sealed, context) : MASK);
  return {
    id,
    name,
    description,
    applyToAllDescendants,
    url,
    secret: webhook.secret === null ? null : reveal(webhook.secret, secretContext(id)),
    headers: Object.fromEntries(
      Object.entries(webhook.headers).map(([header, value]) => [header, reveal(value, headerContext(id, header))]),
    ),
    triggers: [...triggers],
    status,
    updated,
    delivery: { ...delivery, schedule: delivery.schedule && [...delivery.schedule] },
    version,
    expiresAt: expiration?.expiresAt ?? null,
    expiring: expiration !== null && expiration.warnAt <= now && now < expiration.disableAt,
    disabledBy,
    hasDraft: draft !== null,
    dialect,
    number,
    previousSecretUntil: previousSecret && now < previousSecret.until ? previousSecret.until : null,
  };
}
