import type { QueryClient } from '@tanstack/react-query';
import { redirect } from '@tanstack/react-router';
import { holds, sessionQuery } from '../api/session.ts';
import type { SessionView } from '../api/types.ts';

/** @throws a redirect to the sign-in, which comes back to where somebody wanted to go. */
export async function requireSession(client: QueryClient, href: string): Promise<SessionView> {
  const session = await client.ensureQueryData(sessionQuery);
  if (session) return session;
  throw redirect({ to: '/sign-in', search: { to: backTo(href) }, replace: true });
}

export async function requireOperator(client: QueryClient, href: string): Promise<SessionView> {
  const session = await requireSession(client, href);
  if (holds(session, 'installation:read')) return session;
  throw redirect({ ...homeOf(session), replace: true });
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

/** Only a page of the console: what another site put into a link goes nowhere. */
export function backTo(href: string | undefined): string | undefined {
  if (href === undefined || !href.startsWith('/') || href.startsWith('//') || href.includes('\\')) return undefined;
  const [path = ''] = href.split(/[?#]/);
  return path === '/' || path.startsWith('/sign-in') ? undefined : href;
}
