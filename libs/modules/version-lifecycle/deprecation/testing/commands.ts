import { derivedId } from '../../../../platform/kernel/index.ts';
import { reacting } from '../../../../platform/kernel/testing/saga-spec.ts';
import type { DeprecationEvent } from '../deprecation.projection.ts';
import { deprecation } from '../deprecation.saga.ts';
import { calendar, history, released, workspace } from './history.ts';

/** The first is that of webhooks that name none. */
export const [V1, V2, V3] = ['2026-01-01', '2026-06-01', '2026-09-01'] as const;

/** What the saga asks for at the last of these events. */
export const after = (...events: DeprecationEvent[]) => {
  const { before, last } = history(...events);
  return reacting(deprecation).given(before).when(last);
};

const root = workspace('root', null, { adminEmails: 'root@acme.example' });
const shop = workspace('shop', 'root', { adminEmails: 'ann@acme.example' });
const superseded = [released(V1, null), released(V2, V1)];
/** Two workspaces, and a version that was superseded. */
export const begin = [root, shop, ...superseded];

/** About the webhook `a` of the workspace `shop`. */
export const notice = (milestone: string, address: string, rest: object = {}, expiresAt = calendar.expiresAt) => ({
  type: 'OweNotice',
  data: {
    noticeId: derivedId('notice', V1, milestone, expiresAt, address),
    workspaceId: 'shop',
    version: V1,
    milestone,
    newest: V2,
    expiresAt,
    address,
    webhooks: [listed('a', 'shop')],
    webhookCount: 1,
    workspaceIds: ['shop'],
    staleAt: calendar.remindAt,
    ...rest,
  },
});
export const listed = (webhookId: string, workspaceId: string, name = `Hook ${webhookId}`) => ({
  webhookId,
  name,
  url: 'https://receiver.example',
  workspaceId,
  workspaceName: `The ${workspaceId}`,
});
export const draft = (webhookId: string, rest: object = {}) => ({
  type: 'CreateDraft',
  data: { webhookId, workspaceId: 'shop', of: V1, target: V2, ...rest },
});
export const disabling = (webhookId: string, version: string = V1) => ({
  type: 'DisableWebhook',
  data: { webhookId, workspaceId: 'shop', by: 'expired', version },
});
