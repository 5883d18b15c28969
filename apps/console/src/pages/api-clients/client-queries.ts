import { queryOptions } from '@tanstack/react-query';
import { api, read } from '../../api/client.ts';
import type { Answer, ApiClientView, Body } from '../../api/types.ts';
import { keys } from '../../live/keys.ts';

/** With its secret, which no other answer has. */
export type IssuedClient = Answer<'/api-clients', 'post'>;

const path = (client: Pick<ApiClientView, 'clientId'>) => ({ params: { path: { id: client.clientId } } });

export const issue = (body: Body<'/api-clients', 'post'>): Promise<IssuedClient> =>
  read(api.POST('/api-clients', { body }));
export const rotate = (client: ApiClientView): Promise<IssuedClient> =>
  read(api.POST('/api-clients/{id}/rotate-secret', path(client)));
export const revoke = (client: ApiClientView): Promise<unknown> => api.DELETE('/api-clients/{id}', path(client));

/** Who issued which client, as the activity log tells it, by client id. */
export const issuersQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.activity(workspaceId, { issuers: true }),
    queryFn: async ({ signal }) => {
      const query = { kind: 'api-client-issued', limit: 200 };
      const page = await read(api.GET('/activity', { params: { query }, signal }));
      return new Map(page.items.map(({ details, actor, actorName }) => [details['clientId'], actorName ?? actor]));
    },
    meta: { isAside: true },
  });
