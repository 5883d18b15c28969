import { Outlet, useRouter } from '@tanstack/react-router';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, type JSX } from 'react';
import { onSessionEnded } from '../api/client.ts';
import { sessionQuery } from '../api/session.ts';
import { keys } from '../live/keys.ts';
import { LiveAnnouncer } from '../ui/announcer.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { backTo } from './back-to.ts';
import { useReady } from './ready.ts';

/** Around every page, signed in or not. */
export function Root(): JSX.Element {
  const client = useQueryClient();
  useReady();
  useEffect(
    () =>
      onSessionEnded(() => {
        if (client.getQueryData(keys.session)) client.setQueryData(keys.session, null);
      }),
    [client],
  );
  useWayToSignIn();
  return (
    <>
      <Outlet />
      <Toasts />
      <LiveAnnouncer />
    </>
  );
}

/** However it was noticed that the session has ended, whoever looks comes to the sign-in, and from there back. */
function useWayToSignIn(): void {
  const { data: session } = useQuery({ ...sessionQuery, enabled: false });
  const router = useRouter();
  useEffect(() => {
    const { pathname, href } = router.history.location;
    // Who signs out is on the way already.
    if (session !== null || !isBehindSignIn(pathname)) return;
    const to = backTo(href.replace(BASE, ''));
    void router.navigate({ to: '/sign-in', search: { to, reason: 'ended' }, replace: true });
  }, [session, router]);
}

const BASE = /^\/console(?=\/)/;
const isBehindSignIn = (pathname: string): boolean => /^\/(w|installation)(\/|$)/.test(pathname.replace(BASE, ''));
