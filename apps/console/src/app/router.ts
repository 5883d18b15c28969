import { createRouter } from '@tanstack/react-router';
import { queryClient } from '../api/query-client.ts';
import { Failed } from './failed.tsx';
import { NotFound } from './not-found.tsx';
import { routeTree } from './routes.tsx';
import { parseSearch, stringifySearch } from './search.ts';

let shownPath: string | undefined;

/** Another page begins at its top, and Back is where it was left. What only changes the search parameters moves nothing. */
function movesScroll({ location }: { location: { pathname: string } }): boolean {
  const isOther = location.pathname !== shownPath;
  shownPath = location.pathname;
  return isOther;
}

export const router = createRouter({
  routeTree,
  basepath: '/console',
  context: { queryClient },
  parseSearch,
  stringifySearch,
  scrollRestoration: movesScroll,
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
