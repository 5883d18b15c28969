import { queryOptions } from '@tanstack/react-query';
import { api, read } from '../../api/client.ts';
import type { ActivityEntry } from '../../api/types.ts';
import { keys } from '../../live/keys.ts';
import { earlierThan, type Origin } from './changes.ts';

const MOST_EARLIER = 100;

/** What is before an entry does not change any more. */
export const earlierQuery = (workspaceId: string, entry: ActivityEntry, origin: Origin) =>
  queryOptions({
    queryKey: keys.activity(workspaceId, { before: entry.id }),
    queryFn: async ({ signal }) => {
      const page = await read(
        api.GET('/activity', {
          params: {
            query: {
              kind: origin.kinds.join(','),
              webhook: entry.webhookId ?? undefined,
              // The end is exclusive, and others may be of the same millisecond.
              to: new Date(Date.parse(entry.at) + 1).toISOString(),
              limit: MOST_EARLIER,
            },
            header: { Workspace: entry.workspaceId ?? '' },
          },
          signal,
        }),
      );
      return earlierThan(entry, page.items, origin);
    },
    staleTime: Infinity,
    meta: { isAside: true },
  });

const aside = { staleTime: 5 * 60_000, meta: { isAside: true } } as const;

/** For names and choices; the first 200 by name are enough for these. */
export const webhookNamesQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.webhookList(workspaceId, { names: true }),
    queryFn: ({ signal }) =>
      read(api.GET('/settings/webhooks', { params: { query: { sort: 'name', limit: 200 } }, signal })),
    ...aside,
  });

export const clientNamesQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.apiClients(workspaceId, { names: true }),
    queryFn: ({ signal }) => read(api.GET('/api-clients', { params: { query: { workspaceId, limit: 200 } }, signal })),
    ...aside,
  });

export const userNamesQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.users(workspaceId, { names: true }),
    queryFn: ({ signal }) => read(api.GET('/users', { params: { query: { limit: 200 } }, signal })),
    ...aside,
  });
