import type { JSX } from 'react';
import { holds, useSession } from '../api/session.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import { PlainLink } from '../ui/link.tsx';

type Entry<To extends string> = {
  readonly to: To;
  readonly label: string;
  readonly icon: IconName;
  readonly scope: string;
};
type WorkspacePage = `/w/$workspaceId/${'webhooks' | 'activity' | 'triggers' | 'api-clients' | 'users'}`;
type InstallationPage = `/installation/${'versions' | 'health' | 'mails' | 'users'}`;
type Group<To extends string> = { readonly title: string; readonly entries: readonly Entry<To>[] };

const ofWorkspace: readonly Group<WorkspacePage>[] = [
  {
    title: 'Connectors',
    entries: [{ to: '/w/$workspaceId/webhooks', label: 'Webhooks', icon: 'webhook', scope: 'webhooks:read' }],
  },
  {
    title: 'Workspace',
    entries: [
      { to: '/w/$workspaceId/activity', label: 'Activity log', icon: 'list', scope: 'activity:read' },
      { to: '/w/$workspaceId/triggers', label: 'Trigger catalog', icon: 'book', scope: 'triggers:read' },
      { to: '/w/$workspaceId/api-clients', label: 'API clients', icon: 'key', scope: 'api-clients:read' },
      { to: '/w/$workspaceId/users', label: 'Users', icon: 'users', scope: 'users:read' },
    ],
  },
];
const ofInstallation: Group<InstallationPage> = {
  title: 'Installation',
  entries: [
    { to: '/installation/versions', label: 'Versions', icon: 'calendar', scope: 'versions:write' },
    { to: '/installation/health', label: 'Health', icon: 'health', scope: 'installation:read' },
    { to: '/installation/mails', label: 'Mail outbox', icon: 'mail', scope: 'installation:read' },
    { to: '/installation/users', label: 'All users', icon: 'users', scope: 'users:write' },
  ],
};

/** What of the console somebody may see. */
export function Nav({ workspaceId, isOpen }: { workspaceId: string; isOpen: boolean }): JSX.Element {
  const session = useSession();
  const groups: readonly Group<WorkspacePage | InstallationPage>[] = holds(session, 'installation:read')
    ? [...ofWorkspace, ofInstallation]
    : ofWorkspace;
  return (
    <nav className={isOpen ? 'shell-nav is-open' : 'shell-nav'} aria-label="Console" id="console-nav">
      {groups.map(({ title, entries }) => {
        const allowed = entries.filter(({ scope }) => holds(session, scope));
        return allowed.length === 0 ? null : (
          <div key={title} className="nav-group">
            <h2 className="nav-title" id={`nav-${title.toLowerCase()}`}>
              {title}
            </h2>
            <ul className="nav-list" aria-labelledby={`nav-${title.toLowerCase()}`}>
              {allowed.map((entry) => (
                <li key={entry.to}>
                  <NavLink workspaceId={workspaceId} {...entry} />
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

type NavLinkProps = Entry<WorkspacePage | InstallationPage> & { readonly workspaceId: string };

function NavLink({ to, label, icon, workspaceId }: NavLinkProps): JSX.Element {
  return (
    <PlainLink
      to={to}
      params={{ workspaceId }}
      className="nav-link"
      activeProps={{ 'aria-current': 'page' }}
      activeOptions={{ includeSearch: false }}
    >
      <Icon name={icon} />
      {label}
    </PlainLink>
  );
}
