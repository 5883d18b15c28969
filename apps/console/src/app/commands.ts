import type { SessionView } from '../api/types.ts';
import type { IconName } from '../ui/icons.tsx';

export type Command = {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly icon: IconName;
  readonly href: string;
  /** Made from what was typed: it matches by itself. */
  readonly isAlways?: boolean;
};

type Asked = { readonly session: Pick<SessionView, 'scopes'>; readonly workspaceId: string; readonly search: string };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The pages somebody may see, and what an id that was typed may be. */
export function paletteCommands({ session, workspaceId, search }: Asked): readonly Command[] {
  const base = `/w/${workspaceId}`;
  const pages: (Omit<Command, 'id'> & { scope: string })[] = [
    { label: 'Webhooks', icon: 'webhook', href: `${base}/webhooks`, scope: 'webhooks:read' },
    { label: 'Create webhook', icon: 'add', href: `${base}/webhooks/new`, scope: 'webhooks:write' },
    { label: 'Activity log', icon: 'list', href: `${base}/activity`, scope: 'activity:read' },
    { label: 'Trigger catalog', icon: 'book', href: `${base}/triggers`, scope: 'triggers:read' },
    { label: 'API clients', icon: 'key', href: `${base}/api-clients`, scope: 'api-clients:read' },
    { label: 'Users', icon: 'users', href: `${base}/users`, scope: 'users:read' },
    { label: 'Versions', icon: 'calendar', href: '/installation/versions', scope: 'installation:read' },
    { label: 'Release version', icon: 'add', href: '/installation/versions/new', scope: 'versions:write' },
    { label: 'Health', icon: 'health', href: '/installation/health', scope: 'installation:read' },
    { label: 'All users', icon: 'users', href: '/installation/users', scope: 'installation:read' },
    { label: 'Mail outbox', icon: 'mail', href: '/installation/mails', scope: 'installation:read' },
  ];
  const byId: readonly Command[] =
    UUID.test(search) && session.scopes.includes('deliveries:read')
      ? [
          {
            id: 'by-id',
            label: `Delivery ${search}`,
            icon: 'send',
            href: `${base}/deliveries/${search}`,
            isAlways: true,
          },
        ]
      : [];
  return [
    ...byId,
    ...pages
      .filter(({ scope }) => session.scopes.includes(scope))
      .map(({ scope: _, ...page }) => ({ id: page.href, ...page })),
  ];
}
