import { z } from 'zod';
import type { RedeliveryDocument } from './redeliveries.projection.ts';
import { redeliveryStatuses } from './redelivery.decider.ts';
import { endReasons, redeliverySelections } from './redelivery.events.ts';
import { redeliveryFilter } from './redelivery-request.ts';

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const become = z.int().nullable();
export const redeliveryView = z.object({
  id: z.string(),
  workspaceId: z.string(),
  webhookId: z.string().nullable().describe('null for all webhooks of the workspace'),
  what: z.enum(redeliverySelections),
  since: z.iso.datetime().nullable(),
  until: z.iso.datetime().nullable(),
  filter: redeliveryFilter.nullable().describe('Narrows `what`; null where nothing does'),
  chosen: z.int().nullable().describe('How many were chosen by their ids; null where none were'),
  ratePerSecond: z.int(),
  status: z.enum(redeliveryStatuses),
  reason: z.enum(endReasons).nullable().describe('Why it has finished; null otherwise'),
  expected: z
    .int()
    .nullable()
    .describe('How many there were to ask for at its start; null for more than 10,000, and for a whole workspace'),
  requested: z.int().describe('Deliveries that began a new round; recorded once a second'),
  passed: z.int().describe('Deliveries that were looked at and left alone, such as those under way already'),
  delivered: become.describe(
    'Of those asked for, how many have succeeded since. Deliveries that another job asked for later are counted there. null, as the two that follow, for a job from before they were counted',
  ),
  failed: become.describe('Of those asked for, how many were exhausted, or not rendered, since'),
  waiting: become.describe(
    'Of those asked for, how many have come to neither: under way, or held or cancelled since with their webhook',
  ),
  startedAt: z.iso.datetime(),
  startedBy: z.string(),
  endedAt: z.iso.datetime().nullable(),
});
export type RedeliveryView = z.infer<typeof redeliveryView>;

/** What has become of the deliveries that a job asked for. */
export type Become = Pick<RedeliveryView, 'delivered' | 'failed' | 'waiting'>;

export function viewOf(document: RedeliveryDocument, become: Become): RedeliveryView {
  const { redeliveryId: id, workspaceId, webhookId, what, ratePerSecond } = document;
  const { status, reason, requested, passed, startedBy, expected = null } = document;
  return {
    ...{ id, workspaceId, webhookId, what, ratePerSecond, status, reason, expected, requested, passed, startedBy },
    ...become,
    filter: (document.filter ?? null) as RedeliveryView['filter'],
    chosen: document.deliveryIds?.length ?? null,
    since: iso(document.since),
    until: iso(document.until),
    startedAt: new Date(document.startedAt).toISOString(),
    endedAt: iso(document.endedAt),
  };
}

export const redeliveryExample: RedeliveryView = {
  id: '019a4f3e-9c00-7a61-b0f7-3f1f5e0c9a21',
  workspaceId: 'company1Workspace',
  webhookId: '66b204f0c992d50b8b2f984c',
  what: 'not-delivered',
  since: '2026-11-01T00:00:00.000Z',
  until: null,
  filter: { status: 'exhausted', code: '5xx' },
  chosen: null,
  ratePerSecond: 50,
  status: 'running',
  reason: null,
  expected: 2000,
  requested: 1250,
  passed: 3,
  delivered: 1244,
  failed: 4,
  waiting: 2,
  startedAt: '2026-11-02T09:00:00.000Z',
  startedBy: 'client:billing',
  endedAt: null,
};

export const startedExample: RedeliveryView = {
  ...redeliveryExample,
  ...{ requested: 0, passed: 0, delivered: 0, failed: 0, waiting: 0 },
};
