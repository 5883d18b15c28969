import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, read } from '../api/client.ts';
import { workspaceQuery } from '../api/workspaces.ts';
import { keys } from '../live/keys.ts';

const MOST = 100;

/** All below a workspace, or those of them with this text. */
export const workspacesWithinQuery = (within: string, search = '') => {
  const query = { within, limit: MOST, ...(search === '' ? {} : { search }) };
  return queryOptions({
    queryKey: keys.workspaces(query),
    queryFn: ({ signal }) => read(api.GET('/workspaces', { params: { query }, signal })),
    staleTime: 60_000,
    meta: { isAside: true },
  });
};

/** Names of a workspace and of those below it, as far as they are at hand; the id of any other is its name. */
export function useWorkspaceNames(workspaceId: string, withChildren: boolean): (id: string) => string {
  const { data: own } = useQuery({ ...workspaceQuery(workspaceId), meta: { isAside: true } });
  const { data: below } = useQuery({ ...workspacesWithinQuery(workspaceId), enabled: withChildren });
  return useMemo(() => {
    const names = new Map(
      [...(own ? [own] : []), ...(below?.items ?? [])].map(({ id, displayName }) => [id, displayName]),
    );
    return (id) => names.get(id) || id;
  }, [own, below]);
}
