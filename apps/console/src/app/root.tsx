import { Outlet, useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, type JSX } from 'react';
import { onSessionEnded } from '../api/client.ts';
import { keys } from '../live/keys.ts';
import { LiveAnnouncer } from '../ui/announcer.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { backTo } from './back-to.ts';
import { useReady } from './ready.ts';

/** Around every page, signed in or not. */
export function Root(): JSX.Element {
  const navigate = useNavigate();
  const client = useQueryClient();
  useReady();
  useEffect(
    () =>
      onSessionEnded(() => {
        if (client.getQueryData(keys.session) === null) return;
        client.setQueryData(keys.session, null);
        void navigate({
          to: '/sign-in',
          search: ({ to }: { to?: string }) => ({ to: to ?? backTo(pathOfPage()), reason: 'ended' as const }),
        });
      }),
    [client, navigate],
  );
  return (
    <>
      <Outlet />
      <Toasts />
      <LiveAnnouncer />
    </>
  );
}

const pathOfPage = (): string => `${location.pathname.replace(/^\/console/, '')}${location.search}`;
