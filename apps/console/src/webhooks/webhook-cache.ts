import type { QueryClient } from '@tanstack/react-query';
import type { WebhookView } from '../api/types.ts';
import { keys } from '../live/keys.ts';

type Change = Partial<WebhookView>;
type WithItems = { readonly items: readonly WebhookView[] };

const hasItems = (data: unknown): data is WithItems =>
  typeof data === 'object' && data !== null && 'items' in data && Array.isArray(data.items);
const isWebhook = (data: unknown): data is WebhookView =>
  typeof data === 'object' && data !== null && 'id' in data && 'triggers' in data && 'disabledBy' in data;

/** The same data with this webhook changed; anything that does not hold it stays what it is. */
export function withChange<T>(data: T, id: string, change: Change): T {
  if (hasItems(data)) {
    return data.items.some((item) => item.id === id)
      ? { ...data, items: data.items.map((item) => (item.id === id ? { ...item, ...change } : item)) }
      : data;
  }
  return isWebhook(data) && data.id === id ? { ...data, ...change } : data;
}

/** Shows a change everywhere at once, before the server has said yes. */
export function changeShown(client: QueryClient, workspaceId: string, id: string, change: Change): void {
  client.setQueriesData({ queryKey: keys.webhooks(workspaceId) }, (data: unknown) => withChange(data, id, change));
}
