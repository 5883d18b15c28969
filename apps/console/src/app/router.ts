import { createRouter } from '@tanstack/react-router';
import { queryClient } from '../api/query-client.ts';
import { Failed } from './failed.tsx';
import { NotFound } from './not-found.tsx';
import { routeTree } from './routes.tsx';
import { parseSearch, stringifySearch } from './search.ts';

export const router = createRouter({
  routeTree,
  basepath: '/console',
  context: { queryClient },
  parseSearch,
  stringifySearch,
  scrollRestoration: true,
  defaultErrorComponent: Failed,
  defaultNotFoundComponent: NotFound,
  // The page before stays until the next one is there.
  defaultPendingMs: 60_000,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
