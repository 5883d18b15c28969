import { queryOptions } from '@tanstack/react-query';
import { keys } from '../live/keys.ts';
import { api, read } from './client.ts';
import { ApiProblem } from './problem.ts';
import type { Query } from './types.ts';

export const deliveryQuery = (workspaceId: string, id: string) =>
  queryOptions({
    queryKey: keys.delivery(workspaceId, id),
    queryFn: ({ signal }) => read(api.GET('/deliveries/{id}', { params: { path: { id } }, signal })),
  });

/** The request as an attempt made now would send it. It never changes for the look of it: only times and signatures are of now. */
export const alertQuery = (workspaceId: string, id: string) =>
  queryOptions({
    queryKey: keys.alert(workspaceId, id),
    queryFn: ({ signal }) => read(api.GET('/deliveries/{id}/alert', { params: { path: { id } }, signal })),
    staleTime: 60_000,
  });

/** The event, or null where there is none to be read: of a test, and of a workspace out of reach. */
export const eventQuery = (workspaceId: string, id: string) =>
  queryOptions({
    queryKey: keys.event(workspaceId, id),
    queryFn: async ({ signal }) => {
      try {
        return await read(api.GET('/events/{id}', { params: { path: { id } }, signal }));
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 404) return null;
        throw error;
      }
    },
    staleTime: 60_000,
  });

export const deliveryCountQuery = (workspaceId: string, query: Query<'/deliveries/count'>) =>
  queryOptions({
    queryKey: [...keys.deliveries(workspaceId), 'count', query] as const,
    queryFn: ({ signal }) => read(api.GET('/deliveries/count', { params: { query }, signal })),
  });
