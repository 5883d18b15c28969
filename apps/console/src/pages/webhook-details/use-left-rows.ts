import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, read } from '../../api/client.ts';
import type { DeliveryView } from '../../api/types.ts';
import { useLiveDeliveries } from '../../live/hooks.ts';
import { keys } from '../../live/keys.ts';
import { Batch } from '../../ui/batch.ts';

const READ_ALL_EVERY_MS = 5_000;

/**
 * Rows keep their places after a filter has them no longer, or newer ones have pushed them off the page: reading the list again says
 * nothing of them then. They are read one by one, when they leave and when they are said to have changed.
 */
export function useLeftRows(
  workspaceId: string,
  webhookId: string,
  rows: readonly DeliveryView[],
  items: readonly DeliveryView[],
): readonly DeliveryView[] {
  const client = useQueryClient();
  const all = [...keys.workspace(workspaceId), 'left-deliveries', webhookId] as const;
  const listed = new Set(items.map(({ id }) => id));
  const left = rows.filter(({ id }) => !listed.has(id)).map(({ id }) => id);
  const found = useQueries({
    queries: left.map((id) => ({
      queryKey: [...all, id],
      queryFn: () => read(api.GET('/deliveries/{id}', { params: { path: { id } } })),
      staleTime: Infinity,
      gcTime: 0,
      meta: { isAside: true },
    })),
  });
  const [readAll] = useState(
    () => new Batch<readonly string[]>(READ_ALL_EVERY_MS, ([key]) => void client.invalidateQueries({ queryKey: key })),
  );
  useLiveDeliveries(webhookId, (count, ids) => {
    if (left.length === 0) return;
    for (const id of ids) if (left.includes(id)) void client.invalidateQueries({ queryKey: [...all, id] });
    // More have changed than are told by name.
    if (count > ids.length) readAll.add(all);
  });
  const byId = new Map(found.flatMap(({ data }) => (data === undefined ? [] : [[data.id, data] as const])));
  return rows.map((row) => (listed.has(row.id) ? row : (byId.get(row.id) ?? row)));
}
