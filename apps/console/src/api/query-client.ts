import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem.ts';

/** A refusal does not change by asking again; no answer, too many requests and a busy server may. */
const mayPass = (error: unknown): boolean =>
  !(error instanceof ApiProblem) || error.status === 0 || error.status === 429 || error.status === 503;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      // The live stream says when it is back and what to read again.
      refetchOnReconnect: false,
      retry: (failures, error) => failures < 2 && mayPass(error),
      retryDelay: (failures, error) =>
        error instanceof ApiProblem && error.retryAfter !== null
          ? Math.min(error.retryAfter, 30) * 1000
          : Math.min(1000 * 2 ** failures, 10_000),
    },
    mutations: { retry: false },
  },
});
