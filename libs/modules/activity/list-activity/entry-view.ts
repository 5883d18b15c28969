import { z } from 'zod';
import type { ActivityEntry } from './activity.projection.ts';

export const entryView = z.object({
  id: z.string(),
  at: z.string().describe('ISO 8601, UTC'),
  actor: z.string().describe('`client:<id>`, `user:<id>`, `link:<id>`, `saga:<name>`, `ingestion` or `system`'),
  actorName: z
    .string()
    .nullable()
    .describe(
      'The name of the API client, the e-mail of the user, or the label of the console link; `Platform` if their workspace is out of reach; `System` for what the server does by itself',
    ),
  kind: z.string(),
  workspaceId: z.string().nullable().describe('null for what belongs to the whole installation'),
  webhookId: z.string().nullable(),
  summary: z.string(),
  details: z.record(z.string(), z.unknown()).describe('What the event says, without anything secret'),
  traceId: z.string(),
});
export type EntryView = z.infer<typeof entryView>;

export const entryExample: EntryView = {
  id: '01939d3e-6f43-7c1e-9a53-0c4fdd1c7a10',
  at: '2026-11-01T09:30:00.000Z',
  actor: 'saga:disable-failing-webhook',
  actorName: 'System',
  kind: 'webhook-disabled',
  workspaceId: 'company1Workspace',
  webhookId: '66b204f0c992d50b8b2f984c',
  summary: 'Webhook 66b204f0c992d50b8b2f984c was disabled after its last attempt failed: 503',
  details: { by: 'exhausted', deliveryId: '2b0c7f4e-9a52-8d1c-a4f7-5f0a8c1e7b33', lastError: '503' },
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
};

export const viewOf = (entry: ActivityEntry, actorName: string | null): EntryView => ({
  id: entry.id,
  at: new Date(entry.at).toISOString(),
  actor: entry.actor,
  actorName,
  kind: entry.kind,
  workspaceId: entry.workspaceId,
  webhookId: entry.webhookId,
  summary: entry.summary,
  details: entry.details,
  traceId: entry.traceId,
});
