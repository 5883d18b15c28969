import { queryOptions } from '@tanstack/react-query';
import { api, read } from '../../../api/client.ts';
import { ApiProblem } from '../../../api/problem.ts';
import type { Answer } from '../../../api/types.ts';
import { keys } from '../../../live/keys.ts';

export type AlertView = Answer<'/deliveries/{id}/alert', 'get'>;

/**
 * The alert of the newest delivery, as it would be sent now; null where there is none, or none of which an alert can be made. Not told
 * of each delivery: it shows names and an example.
 */
export const newestAlertQuery = (workspaceId: string, webhookId: string) =>
  queryOptions({
    queryKey: [...keys.workspace(workspaceId), 'newest-alert', webhookId] as const,
    queryFn: async ({ signal }): Promise<AlertView | null> => {
      const query = { webhook: webhookId, limit: 5 };
      const { items } = await read(api.GET('/deliveries', { params: { query }, signal }));
      const newest = items.find(({ status }) => status !== 'unrendered');
      if (newest === undefined) return null;
      try {
        return await read(api.GET('/deliveries/{id}/alert', { params: { path: { id: newest.id } }, signal }));
      } catch (error) {
        if (error instanceof ApiProblem && (error.status === 404 || error.status === 409)) return null;
        throw error;
      }
    },
    staleTime: 60_000,
  });
