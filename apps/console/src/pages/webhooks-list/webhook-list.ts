import { queryOptions } from '@tanstack/react-query';
import { api, read } from '../../api/client.ts';
import type { Answer, WebhookView } from '../../api/types.ts';
import { keys } from '../../live/keys.ts';

export type LatestStatistics = Answer<'/webhook-statistics/latest', 'get'>['items'][number];

/** How the attempts of these went in the last day, by webhook. */
export const latestStatisticsQuery = (workspaceId: string, webhooks: readonly WebhookView[]) => {
  const ids = webhooks.map(({ id }) => id).join(',');
  return queryOptions({
    queryKey: keys.statistics(workspaceId, { latest: ids }),
    queryFn: async ({ signal }) => {
      const { items } = await read(
        api.GET('/webhook-statistics/latest', { params: { query: { webhooks: ids } }, signal }),
      );
      return new Map(items.map((item) => [item.webhookId, item]));
    },
    enabled: ids !== '',
    placeholderData: (before) => before,
  });
};

/** Those in the last week of their version. */
export const expiringQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.webhookList(workspaceId, { state: 'expiring' }),
    queryFn: ({ signal }) =>
      read(
        api.GET('/settings/webhooks', { params: { query: { state: 'expiring', sort: 'name', limit: 200 } }, signal }),
      ),
    meta: { isAside: true },
  });
