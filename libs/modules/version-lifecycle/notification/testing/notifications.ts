import { RaiseNotification } from '../notification.commands.ts';

/** That version 2026-01-01 expires, to Ada@customer.example, unless changed. */
export const raiseNotification = (changes: Partial<RaiseNotification['data']> = {}, at = 0): RaiseNotification =>
  new RaiseNotification(
    {
      notificationId: 'p-1',
      workspaceId: 'company1',
      version: '2026-01-01',
      newest: '2026-11-01',
      expiresAt: Date.parse('2027-05-01T09:00:00Z'),
      disableAt: Date.parse('2027-05-02T09:00:00Z'),
      user: 'Ada@customer.example',
      webhooks: [{ webhookId: 'webhook-1', name: 'Billing' }],
      webhookCount: 1,
      ...changes,
    },
    { at, actor: 'saga:deprecation', traceId: 'trace' },
  );
