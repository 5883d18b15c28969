import { z } from 'zod';
import type { NotificationDocument } from './notifications.projection.ts';

export const notificationView = z.object({
  id: z.string(),
  workspaceId: z.string(),
  user: z.string().describe('The address of the admin it is for'),
  version: z.string().describe('The version that expires'),
  newest: z.string().describe('The current version when it was raised'),
  expiresAt: z.iso.datetime(),
  disableAt: z.iso.datetime().describe('When webhooks that are still on the version are disabled'),
  webhooks: z.array(z.object({ id: z.string(), name: z.string() })).describe('The first of those that are affected'),
  webhookCount: z.int().describe('How many are affected'),
  raisedAt: z.iso.datetime(),
});
export type NotificationView = z.infer<typeof notificationView>;

export function viewOf(document: NotificationDocument): NotificationView {
  const { notificationId: id, workspaceId, user, version, newest, webhookCount } = document;
  return {
    ...{ id, workspaceId, user, version, newest, webhookCount },
    expiresAt: new Date(document.expiresAt).toISOString(),
    disableAt: new Date(document.disableAt).toISOString(),
    webhooks: document.webhooks.map(({ webhookId, name }) => ({ id: webhookId, name })),
    raisedAt: new Date(document.raisedAt).toISOString(),
  };
}

export const notificationExample: NotificationView = {
  id: '7d2b9e04-1c6a-8f35-a8e1-50b3c6d9f724',
  workspaceId: 'company1Workspace',
  user: 'ada@company1.example',
  version: '2026-01-01',
  newest: '2026-11-01',
  expiresAt: '2027-05-01T09:00:00.000Z',
  disableAt: '2027-05-02T09:00:00.000Z',
  webhooks: [{ id: '66b204f0c992d50b8b2f984c', name: 'Billing webhooks' }],
  webhookCount: 1,
  raisedAt: '2027-04-24T09:00:00.000Z',
};
