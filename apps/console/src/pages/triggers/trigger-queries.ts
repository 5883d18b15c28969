import { queryOptions } from '@tanstack/react-query';
import { api, read } from '../../api/client.ts';
import { keys } from '../../live/keys.ts';

const MINUTES = 60_000;
/** How many webhooks are named before the list says the rest. */
export const NAMED = 20;

/** With the schemas and examples of a webhook version; the newest one without. */
export const triggersQuery = (version?: string) =>
  queryOptions({
    queryKey: keys.triggers(version === undefined ? {} : { version }),
    queryFn: ({ signal }) => read(api.GET('/triggers', { params: { query: { version } }, signal })),
    staleTime: 5 * MINUTES,
  });

export const versionsQuery = queryOptions({
  queryKey: keys.versions({}),
  queryFn: ({ signal }) => read(api.GET('/versions', { signal })),
  staleTime: 5 * MINUTES,
});

export const listeningQuery = (workspaceId: string, trigger: string) =>
  queryOptions({
    queryKey: keys.webhookList(workspaceId, { trigger, limit: NAMED }),
    queryFn: ({ signal }) =>
      read(api.GET('/settings/webhooks', { params: { query: { trigger, sort: 'name', limit: NAMED } }, signal })),
  });
