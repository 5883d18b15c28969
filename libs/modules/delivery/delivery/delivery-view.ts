import { z } from 'zod';
import type { Lane } from '../lanes/lanes.projection.ts';
import type { DeliveryDocument } from './deliveries.projection.ts';
import { downgradeFaults } from '../../version-lifecycle/contract.ts';
import { deliveryStatuses, statusOf } from './delivery-status.ts';

const instant = z.iso.datetime().nullable();
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const attemptView = z.object({
  attempt: z.int().describe('Counts from 1 across rounds'),
  round: z.int().describe('A release or a redelivery begins a new one'),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  durationMs: z.int().describe('`endedAt` less `startedAt`: connecting, sending and the whole answer'),
  url: z.string(),
  statusCode: z.int().nullable().describe('null when no answer came'),
  errorClass: z.string().nullable().describe('`http-status`, or why no answer came; null on success'),
  error: z.string().nullable(),
  answer: z.string().nullable().describe("The beginning of the answer's body, up to 8 KiB"),
});

export const deliveryView = z.object({
  id: z.string(),
  kind: z.enum(['event', 'test']),
  status: z.enum(deliveryStatuses),
  eventId: z.string().describe('The hook id its alerts carry'),
  type: z.string(),
  version: z.string().describe('The webhook version its alerts are in'),
  webhookId: z.string(),
  workspaceId: z.string().describe("The webhook's workspace"),
  eventWorkspaceId: z.string(),
  createdAt: z.iso.datetime(),
  nextAttemptAt: instant.describe('null unless pending'),
  redeliveryId: z.string().nullable().describe('The newest bulk redelivery that asked for it; null for none'),
  attempts: z.array(attemptView),
  renderingFailure: z
    .object({
      releasedIn: z.string().describe('The release whose downgrade failed'),
      fault: z.enum(downgradeFaults),
      error: z.string(),
      at: z.iso.datetime(),
    })
    .nullable()
    .describe('Why it is unrendered; else null'),
});
export type DeliveryView = z.infer<typeof deliveryView>;

export function viewOf(document: DeliveryDocument, lane: Lane | undefined): DeliveryView {
  const status = statusOf(document, lane);
  const { deliveryId, kind, eventId, type, version, webhookId, workspaceId, eventWorkspaceId, failure } = document;
  return {
    id: deliveryId,
    kind,
    status,
    eventId,
    type,
    version,
    webhookId,
    workspaceId,
    eventWorkspaceId,
    createdAt: new Date(document.createdAt).toISOString(),
    nextAttemptAt: status === 'pending' ? iso(document.dueAt ?? document.createdAt) : null,
    redeliveryId: document.redeliveryId ?? null,
    attempts: document.attempts.map((attempt) => ({
      attempt: attempt.attempt,
      round: attempt.round,
      startedAt: new Date(attempt.startedAt).toISOString(),
      endedAt: new Date(attempt.endedAt).toISOString(),
      durationMs: attempt.endedAt - attempt.startedAt,
      url: attempt.url,
      statusCode: attempt.statusCode ?? null,
      errorClass: attempt.errorClass ?? null,
      error: attempt.error ?? null,
      answer: attempt.answer ?? null,
    })),
    renderingFailure: failure ? { ...failure, at: new Date(failure.at).toISOString() } : null,
  };
}

export const deliveryExample: DeliveryView = {
  id: '5bb7a9c2-8a40-8c1e-9d1f-0c4f6d2f9b11',
  kind: 'event',
  status: 'succeeded',
  eventId: '12345',
  type: 'workspace-created',
  version: '2026-01-01',
  webhookId: '66b204f0c992d50b8b2f984c',
  workspaceId: 'company1Workspace',
  eventWorkspaceId: 'workspace123',
  createdAt: '2026-11-02T09:00:00.000Z',
  nextAttemptAt: null,
  redeliveryId: null,
  attempts: [
    {
      attempt: 1,
      round: 1,
      startedAt: '2026-11-02T09:00:00.004Z',
      endedAt: '2026-11-02T09:00:00.031Z',
      durationMs: 27,
      url: 'https://www.customer.example/quickbookwebhook',
      statusCode: 200,
      errorClass: null,
      error: null,
      answer: 'ok',
    },
  ],
  renderingFailure: null,
};
