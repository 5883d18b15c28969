import { z } from 'zod';
import type { RedeliveryDocument } from './redeliveries.projection.ts';
import { redeliveryStatuses } from './redelivery.decider.ts';
import { endReasons, redeliverySelections } from './redelivery.events.ts';

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

export const redeliveryView = z.object({
  id: z.string(),
  workspaceId: z.string(),
  webhookId: z.string().nullable().describe('null for all webhooks of the workspace'),
  what: z.enum(redeliverySelections),
  since: z.iso.datetime().nullable(),
  until: z.iso.datetime().nullable(),
  ratePerSecond: z.int(),
  status: z.enum(redeliveryStatuses),
  reason: z.enum(endReasons).nullable().describe('Why it has finished; null otherwise'),
  requested: z.int().describe('Deliveries that began a new round; recorded once a second'),
  passed: z.int().describe('Deliveries that were looked at and left alone, such as those under way already'),
  startedAt: z.iso.datetime(),
  startedBy: z.string(),
  endedAt: z.iso.datetime().nullable(),
});
export type RedeliveryView = z.infer<typeof redeliveryView>;

export function viewOf(document: RedeliveryDocument): RedeliveryView {
  const { redeliveryId: id, workspaceId, webhookId, what, ratePerSecond } = document;
  const { status, reason, requested, passed, startedBy } = document;
  return {
    ...{ id, workspaceId, webhookId, what, ratePerSecond, status, reason, requested, passed, startedBy },
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
  ratePerSecond: 50,
  status: 'running',
  reason: null,
  requested: 1250,
  passed: 3,
  startedAt: '2026-11-02T09:00:00.000Z',
  startedBy: 'client:billing',
  endedAt: null,
};

export const startedExample: RedeliveryView = { ...redeliveryExample, requested: 0, passed: 0 };
