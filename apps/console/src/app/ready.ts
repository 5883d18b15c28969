import { useIsFetching } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';

/** Whether the page still waits for something it has never had. Reading again what is shown does not count. */
export function useIsBusy(): boolean {
  const first = useIsFetching({
    predicate: ({ state, meta }) => state.data === undefined && meta?.['isAside'] !== true,
  });
  const isLoading = useRouterState({ select: ({ status, isLoading }) => isLoading || status === 'pending' });
  return first > 0 || isLoading;
}

/** `html[data-ready]` from when the first page has its data. */
export function useReady(): void {
  const isBusy = useIsBusy();
  useEffect(() => {
    if (isBusy || 'ready' in document.documentElement.dataset) return undefined;
    // A page asks for its data once it stands: what comes in the same moment is waited for.
    const timer = setTimeout(() => (document.documentElement.dataset['ready'] = ''), 50);
    return () => clearTimeout(timer);
  }, [isBusy]);
}
