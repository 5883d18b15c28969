import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, read } from '../../../api/client.ts';
import { keys } from '../../../live/keys.ts';

/** What triggers are called; the type of one that the catalog does not have. */
export function useTriggerLabels(): (type: string) => string {
  const { data } = useQuery({
    queryKey: keys.triggers({}),
    queryFn: ({ signal }) => read(api.GET('/triggers', { signal })),
    staleTime: 60_000,
    meta: { isAside: true },
  });
  return useCallback((type) => data?.items.find((trigger) => trigger.type === type)?.label ?? type, [data]);
}
