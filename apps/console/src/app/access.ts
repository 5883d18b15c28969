import type { QueryClient } from '@tanstack/react-query';
import { redirect } from '@tanstack/react-router';
import { holds, sessionQuery } from '../api/session.ts';
import type { SessionView } from '../api/types.ts';
import { backTo } from './back-to.ts';

/** @throws a redirect to the sign-in, which comes back to where somebody wanted to go. */
export async function requireSession(client: QueryClient, href: string): Promise<SessionView> {
  const session = await client.ensureQueryData(sessionQuery);
  if (session) return session;
  redirect({ to: '/sign-in', search: { to: backTo(href) }, replace: true, throw: true });
  throw new Error('A redirect leaves.');
}

export async function requireOperator(client: QueryClient, href: string): Promise<SessionView> {
  const session = await requireSession(client, href);
  if (holds(session, 'installation:read')) return session;
  redirect({ ...homeOf(session), replace: true, throw: true });
  throw new Error('A redirect leaves.');
}

/** Where a session begins. */
export const homeOf = (session: SessionView) =>
  ({ to: '/w/$workspaceId/webhooks', params: { workspaceId: lastWorkspace(session) } }) as const;

const KEY = 'carillon.workspace';

/** The workspace somebody was in last, in this browser. One that is no longer in reach answers 404, and its page says so. */
function lastWorkspace(session: SessionView): string {
  const [home, last] = (stored(KEY) ?? '').split(' ');
  return home === session.workspaceId && last ? last : session.workspaceId;
}

export function rememberWorkspace(session: SessionView, workspaceId: string): void {
  try {
    localStorage.setItem(KEY, `${session.workspaceId} ${workspaceId}`);
  } catch {
    // Without storage each session begins at its own workspace.
  }
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
