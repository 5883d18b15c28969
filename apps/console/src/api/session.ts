import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { keys } from '../live/keys.ts';
import { api, read } from './client.ts';
import { ApiProblem } from './problem.ts';
import type { SessionView } from './types.ts';

export type Role = SessionView['role'];

/** Who is signed in, or null. Everything else that fails is thrown. */
export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: async ({ signal }): Promise<SessionView | null> => {
    try {
      return await read(api.GET('/session', { signal }));
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

/** The session of whoever looks, and once it has ended what it was, until the page is left. Only pages behind the sign-in may ask. */
export function useSession(): SessionView {
  const { data } = useQuery(sessionQuery);
  const [known, setKnown] = useState(data);
  if (data && data !== known) setKnown(data);
  const session = data ?? known;
  if (!session) throw new Error('This page is behind the sign-in.');
  return session;
}

export const holds = (session: SessionView, scope: string): boolean => session.scopes.includes(scope);

/** `const can = useCan(); can('webhooks:write')` */
export function useCan(): (scope: string) => boolean {
  const session = useSession();
  return useCallback((scope) => holds(session, scope), [session]);
}

export const roleNames: Readonly<Record<Role, string>> = {
  viewer: 'Viewer',
  'webhook-admin': 'Webhook admin',
  owner: 'Owner',
  operator: 'Operator',
};

/** Why a control is off for somebody of this role. */
export const lacking = (session: SessionView): string => `Your role is ${roleNames[session.role].toLowerCase()}.`;

/** The reason for a control that needs a scope, or undefined when it is held. For `disabledReason`. */
export function useReasonWithout(scope: string): string | undefined {
  const session = useSession();
  return holds(session, scope) ? undefined : lacking(session);
}

/** Whether a pop-up was read, and a way to say so for good. */
export function useDismissal(key: string): { readonly isDismissed: boolean; readonly dismiss: () => Promise<void> } {
  const session = useSession();
  const client = useQueryClient();
  const dismiss = useCallback(async () => {
    await api.PUT('/session/dismissals/{key}', { params: { path: { key } } });
    client.setQueryData<SessionView | null>(keys.session, (now) =>
      now && !now.dismissals.includes(key) ? { ...now, dismissals: [...now.dismissals, key] } : now,
    );
  }, [client, key]);
  return { isDismissed: session.dismissals.includes(key), dismiss };
}
