import { queryOptions } from '@tanstack/react-query';
import { keys } from '../live/keys.ts';
import { api, read } from './client.ts';

export const workspaceQuery = (id: string) =>
  queryOptions({
    queryKey: keys.workspaceView(id),
    queryFn: ({ signal }) => read(api.GET('/workspaces/{id}', { params: { path: { id } }, signal })),
    staleTime: 60_000,
  });

/** Those whose name has the text in it; without one the children of `parent`, or the top of what is in reach. */
export const workspacesQuery = (query: {
  search?: string;
  parentWorkspaceId?: string;
  limit?: number;
  cursor?: string;
}) =>
  queryOptions({
    queryKey: keys.workspaces(query),
    queryFn: ({ signal }) => read(api.GET('/workspaces', { params: { query }, signal })),
    staleTime: 60_000,
    meta: { isAside: true },
  });
