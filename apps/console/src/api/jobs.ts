import { queryOptions } from '@tanstack/react-query';
import { keys } from '../live/keys.ts';
import { api, read } from './client.ts';
import type { RedeliveryView } from './types.ts';

export const runningJobsQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.redeliveryList(workspaceId, { status: 'running' }),
    queryFn: ({ signal }) =>
      read(api.GET('/redeliveries', { params: { query: { status: 'running', limit: 20 } }, signal })),
    meta: { isAside: true },
    // What is delivered of a job is told by no event of its own.
    refetchInterval: ({ state }) => (state.data && state.data.items.length > 0 ? 2_000 : false),
  });

export const recentJobsQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.redeliveryList(workspaceId, { recent: true }),
    queryFn: ({ signal }) => read(api.GET('/redeliveries', { params: { query: { limit: 8 } }, signal })),
    meta: { isAside: true },
    refetchInterval: 2_000,
  });

export const jobQuery = (workspaceId: string, id: string) =>
  queryOptions({
    queryKey: keys.redelivery(workspaceId, id),
    queryFn: ({ signal }) => read(api.GET('/redeliveries/{id}', { params: { path: { id } }, signal })),
    meta: { isAside: true },
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : 2_000),
  });

/** Nothing of it will change any more: it has asked for all, and all that was asked for has ended. */
export const isOver = (job: RedeliveryView): boolean => job.status !== 'running' && !job.waiting;
