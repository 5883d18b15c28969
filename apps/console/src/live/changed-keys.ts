import type { QueryKey } from '@tanstack/react-query';
import type { ChangeMessage } from './change-message.ts';
import { keys } from './keys.ts';

/** The beginnings of the keys to read again after these changes, each once. */
export function changedKeys(workspaceId: string, messages: readonly ChangeMessage[]): readonly QueryKey[] {
  const found: QueryKey[] = [];
  for (const message of messages) {
    if (message.webhooks.length > 0) found.push(keys.webhooks(workspaceId));
    if (message.deliveries.length > 0) {
      // The list of webhooks tells of deliveries: the last one, the share delivered.
      found.push(keys.deliveries(workspaceId), keys.webhooks(workspaceId), [
        ...keys.workspace(workspaceId),
        'statistics',
      ]);
    }
    if (message.redeliveries.length > 0) found.push(keys.redeliveries(workspaceId));
    for (const list of message.lists) found.push(...(lists[list]?.(workspaceId) ?? []));
  }
  return [...new Map(found.map((key) => [JSON.stringify(key), key])).values()];
}

const lists: Readonly<Record<string, (workspaceId: string) => readonly QueryKey[]>> = {
  activity: (id) => [[...keys.workspace(id), 'activity']],
  'api-clients': (id) => [[...keys.workspace(id), 'api-clients']],
  notifications: (id) => [[...keys.workspace(id), 'notifications']],
  users: (id) => [[...keys.workspace(id), 'users'], keys.session],
  versions: (id) => [['versions'], keys.webhooks(id)],
  triggers: () => [['triggers']],
  workspaces: () => [['workspaces']],
};
