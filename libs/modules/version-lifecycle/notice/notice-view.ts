import { z } from 'zod';
import { messageIdOf } from './message-id.ts';
import { noticeMilestones, noticeStatuses } from './notice.decider.ts';
import type { NoticeDocument } from './notices.projection.ts';

export const noticeView = z.object({
  id: z.string(),
  milestone: z.enum(noticeMilestones).describe('What the mail is about'),
  version: z.string().describe('The version that expires; with `withdrawal`, the one that does not after all'),
  newest: z.string().describe('The current version when the mail became due'),
  expiresAt: z.iso.datetime().describe('The expiration date it tells of'),
  address: z.string(),
  status: z
    .enum(noticeStatuses)
    .describe('`refused` by the mail server, for good; `failed`: given up; `skipped`: there was no use in it any more'),
  attempts: z.int(),
  lastError: z.string().nullable(),
  dueAt: z.iso.datetime().describe('When it became due'),
  nextAttemptAt: z.iso.datetime().nullable().describe('null once it is over'),
  sentAt: z.iso.datetime().nullable(),
  place: z
    .string()
    .nullable()
    .describe(
      'The mail server it was handed over to, as host:port, or the file it is in; null to all but the root workspace',
    ),
  messageId: z.string().describe('The same for every attempt'),
  workspaceId: z.string().describe('The nearest workspace that contains all webhooks it lists, and its recipient'),
  webhooks: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        url: z.string(),
        workspaceId: z.string(),
        workspaceName: z.string(),
      }),
    )
    .describe(
      'The first of those that were affected when it became due. The mail leaves out what has moved before it is sent',
    ),
  webhookCount: z.int().describe('How many were affected when it became due'),
});
export type NoticeView = z.infer<typeof noticeView>;

export type Viewing = { readonly mailFrom: string; readonly showsPlace: boolean };

export function viewOf(document: NoticeDocument, { mailFrom, showsPlace }: Viewing): NoticeView {
  const { noticeId: id, milestone, version, newest, address, status, attempts, lastError } = document;
  const { workspaceId, webhookCount } = document;
  const place = showsPlace ? document.place : null;
  return {
    ...{ id, milestone, version, newest, address, status, attempts, lastError, place, workspaceId, webhookCount },
    expiresAt: new Date(document.expiresAt).toISOString(),
    dueAt: new Date(document.owedAt).toISOString(),
    nextAttemptAt: isoOrNull(document.dueAt),
    sentAt: isoOrNull(document.sentAt),
    messageId: messageIdOf(id, mailFrom),
    webhooks: document.webhooks.map(({ webhookId, ...webhook }) => ({ id: webhookId, ...webhook })),
  };
}

const isoOrNull = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString());

export const noticeExample: NoticeView = {
  id: '3a1f0c52-6e7d-8b41-9c05-d2f7a9e83b10',
  milestone: 'reminder',
  version: '2026-01-01',
  newest: '2026-11-01',
  expiresAt: '2027-05-01T09:00:00.000Z',
  address: 'ada@company1.example',
  status: 'sent',
  attempts: 2,
  lastError: 'The mail server does not take mails now: 451 Try again later',
  dueAt: '2027-04-01T09:00:00.000Z',
  nextAttemptAt: null,
  sentAt: '2027-04-01T09:01:00.000Z',
  place: 'mail.example.com:587',
  messageId: 'notice.3a1f0c52-6e7d-8b41-9c05-d2f7a9e83b10@example.com',
  workspaceId: 'company1Workspace',
  webhooks: [
    {
      id: '66b204f0c992d50b8b2f984c',
      name: 'Billing webhooks',
      url: 'https://customer.example/hooks/carillon',
      workspaceId: 'company1Workspace',
      workspaceName: 'Company One',
    },
  ],
  webhookCount: 1,
};
