import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { ChangeMessage } from './change-message.ts';
import { followWorkspace, onChanges } from './follow-workspace.ts';
import { frozen, type Frozen } from './frozen-rows.ts';
import { liveNow, subscribeLive } from './live-state.ts';

export const useLiveState = () => useSyncExternalStore(subscribeLive, liveNow);

/** The shell alone calls this, once. */
export function useFollowWorkspace(workspaceId: string | undefined): void {
  const client = useQueryClient();
  useEffect(
    () => (workspaceId === undefined ? undefined : followWorkspace(client, workspaceId)),
    [client, workspaceId],
  );
}

export function useChanges(listener: (message: ChangeMessage) => void): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => onChanges((message) => latest.current(message)), []);
}

/** Tells of each change of this webhook's deliveries: how many, and the ids of the newest 20. For lines such as a running test. */
export function useLiveDeliveries(webhookId: string, listener: (count: number, ids: readonly string[]) => void): void {
  useChanges((message) => {
    for (const { webhookId: of, count, ids } of message.deliveries) if (of === webhookId) listener(count, ids);
  });
}

/**
 * Rows that never move under the pointer: those shown keep their places and are brought up to date, new ones are counted in `fresh`
 * until `show` is called. `resetKey` is whatever makes it another list: filters, sort, page.
 */
export function useFrozenRows<T extends { readonly id: string }>(
  items: readonly T[],
  resetKey: string,
): { readonly rows: readonly T[]; readonly fresh: number; readonly show: () => void } {
  const [state, setState] = useState<Frozen<T>>(() => ({ key: resetKey, items, rows: items, fresh: 0 }));
  let now = state;
  if (state.items !== items || state.key !== resetKey) {
    now = frozen(state, items, resetKey);
    setState(now);
  }
  return {
    rows: now.rows,
    fresh: now.fresh,
    show: () => setState({ key: resetKey, items, rows: items, fresh: 0 }),
  };
}
