import type { QueryClient } from '@tanstack/react-query';
import { api, read } from '../api/client.ts';
import type { WebhookView } from '../api/types.ts';
import { keys } from '../live/keys.ts';
import { changeShown } from './webhook-cache.ts';

const path = (id: string) => ({ params: { path: { id } } });

export const requestTest = (id: string): Promise<{ deliveryId: string }> =>
  read(api.POST('/settings/webhooks/{id}/test', path(id)));

export const releaseHeld = (id: string) => api.POST('/settings/webhooks/{id}/release-held', { ...path(id), body: {} });
export const cancelHeld = (id: string) => api.POST('/settings/webhooks/{id}/cancel-held', path(id));
export const removeWebhook = (id: string) => api.DELETE('/settings/webhooks/{id}', path(id));

/**
 * Shown at once, and taken back when the server refuses.
 * @throws {ApiProblem} after it was taken back.
 */
export async function switchTo(
  client: QueryClient,
  workspaceId: string,
  webhook: WebhookView,
  status: 'enabled' | 'disabled',
  held?: 'release' | 'cancel',
): Promise<void> {
  const { id } = webhook;
  // What is being read now would bring the old status back.
  await client.cancelQueries({ queryKey: keys.webhooks(workspaceId) });
  changeShown(client, workspaceId, id, { status, disabledBy: status === 'enabled' ? null : 'admin' });
  try {
    const answer =
      status === 'enabled'
        ? await read(api.POST('/settings/webhooks/{id}/enable', { ...path(id), body: held ? { held } : {} }))
        : await read(api.POST('/settings/webhooks/{id}/disable', path(id)));
    changeShown(client, workspaceId, id, answer);
  } catch (error) {
    changeShown(client, workspaceId, id, { status: webhook.status, disabledBy: webhook.disabledBy });
    throw error;
  } finally {
    void client.invalidateQueries({ queryKey: keys.webhooks(workspaceId) });
    void client.invalidateQueries({ queryKey: keys.deliveries(workspaceId) });
  }
}
