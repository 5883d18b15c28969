import { queryOptions } from '@tanstack/react-query';
import { keys } from '../live/keys.ts';
import { api, read } from './client.ts';

export const webhookQuery = (workspaceId: string, id: string) =>
  queryOptions({
    queryKey: keys.webhook(workspaceId, id),
    queryFn: ({ signal }) => read(api.GET('/settings/webhooks/{id}', { params: { path: { id } }, signal })),
  });
