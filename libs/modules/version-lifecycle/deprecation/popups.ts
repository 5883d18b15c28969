import type { AffectedWebhook } from '../notice/notice.events.ts';
import { adminsOf, byPlace, MOST_LISTED, type WorkspaceOf } from './recipients.ts';

export type Popup = {
  readonly workspaceId: string;
  /** The admin's address, as it was written first. */
  readonly user: string;
  /** The first of them; `webhookCount` counts all. */
  readonly webhooks: readonly { readonly webhookId: string; readonly name: string }[];
  readonly webhookCount: number;
};

/** One for each admin of each workspace that has some of these webhooks, whatever its level of notification: that is about mail. */
export function popupsFor(webhooks: readonly AffectedWebhook[], workspaceOf: WorkspaceOf): readonly Popup[] {
  const byWorkspace = Map.groupBy([...webhooks].sort(byPlace), ({ workspaceId }) => workspaceId);
  return [...byWorkspace].flatMap(([workspaceId, all]) => {
    const listed = all.slice(0, MOST_LISTED).map(({ webhookId, name }) => ({ webhookId, name }));
    const admins = [...adminsOf(workspaceId, workspaceOf).values()];
    return admins.map((user) => ({ workspaceId, user, webhooks: listed, webhookCount: all.length }));
  });
}
