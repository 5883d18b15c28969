import { OweNotice } from '../notice.commands.ts';

export const EXPIRES_AT = Date.parse('2027-05-01T09:00:00Z');
export const STALE_AT = Date.parse('2027-04-24T09:00:00Z');
export const BEGIN = Date.parse('2026-11-01T09:00:00Z');

const metadata = (at: number) => ({ at, actor: 'saga:deprecation', traceId: 'trace' });

export const affected = (n: number, workspaceId = 'company1') => ({
  webhookId: `webhook-${n}`,
  name: `Billing ${n}`,
  url: `https://customer.example/${n}`,
  workspaceId,
  workspaceName: `The workspace ${workspaceId}`,
});

/** That version 2026-01-01 expires, to ada@customer.example, unless changed. */
export const oweNotice = (changes: Partial<OweNotice['data']> = {}, at = BEGIN): OweNotice =>
  new OweNotice(
    {
      noticeId: 'n-1',
      workspaceId: 'company1',
      version: '2026-01-01',
      milestone: 'announcement',
      newest: '2026-11-01',
      expiresAt: EXPIRES_AT,
      address: 'ada@customer.example',
      webhooks: [affected(1)],
      webhookCount: 1,
      workspaceIds: ['company1'],
      staleAt: STALE_AT,
      ...changes,
    },
    metadata(at),
  );
