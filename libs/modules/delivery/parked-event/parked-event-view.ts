import { z } from 'zod';
import { parkedEventStatuses } from './parked-event.decider.ts';
import { parkReasons } from './parked-event.events.ts';
import type { ParkedEventDocument } from './parked-events.projection.ts';

export const parkedEventView = z.object({
  id: z.string(),
  status: z.enum(parkedEventStatuses),
  stream: z.string().describe("Of the platform's own streams"),
  revision: z.int(),
  type: z.string(),
  workspaceId: z.string().nullable().describe('As the event says, known or not; null if it says none'),
  eventId: z.string().nullable().describe('Under which it is taken in; null if that cannot be an id'),
  reason: z.enum(parkReasons),
  errors: z.array(z.object({ field: z.string(), message: z.string() })),
  parkedAt: z.iso.datetime(),
  settledAt: z.iso.datetime().nullable().describe('When it was replayed or dropped'),
  settledBy: z.string().nullable(),
});
export type ParkedEventView = z.infer<typeof parkedEventView>;

export function viewOf(document: ParkedEventDocument): ParkedEventView {
  const { parkedId: id, status, stream, revision, type, workspaceId, eventId } = document;
  const { reason, errors, parkedAt, settledAt, settledBy } = document;
  return {
    ...{ id, status, stream, revision, type, workspaceId, eventId, reason, settledBy },
    errors: [...errors],
    parkedAt: new Date(parkedAt).toISOString(),
    settledAt: settledAt === null ? null : new Date(settledAt).toISOString(),
  };
}

export const parkedEventExample: ParkedEventView = {
  id: '5f0a8c1e-7b33-8d1c-a4f7-2b0c7f4e9a52',
  status: 'parked',
  stream: 'subscriptions-7731',
  revision: 4,
  type: 'subscription-updated',
  workspaceId: 'company1Workspace',
  eventId: '019a4f3e-9c00-7a61-b0f7-3f1f5e0c9a21',
  reason: 'invalid',
  errors: [{ field: 'data.subscriptionType', message: 'is required' }],
  parkedAt: '2026-11-02T09:00:00.000Z',
  settledAt: null,
  settledBy: null,
};

export const settledExample = (status: 'replayed' | 'dropped'): ParkedEventView => ({
  ...parkedEventExample,
  status,
  settledAt: '2026-11-02T09:30:00.000Z',
  settledBy: 'client:operator',
});
