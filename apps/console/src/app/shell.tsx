import { Outlet, useParams, useRouterState } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState, type JSX } from 'react';
import { ApiProblem } from '../api/problem.ts';
import { useSession } from '../api/session.ts';
import { workspaceQuery } from '../api/workspaces.ts';
import { useFollowWorkspace } from '../live/hooks.ts';
import { LiveLight } from '../live/live-light.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';
import { PlainLink } from '../ui/link.tsx';
import { modKey, useShortcuts } from '../ui/shortcuts.ts';
import { rememberWorkspace } from './access.ts';
import { Mark } from './brand.tsx';
import { Jobs } from './jobs.tsx';
import { Nav } from './nav.tsx';
import { NoSuchWorkspace } from './not-found.tsx';
import { useIsBusy } from './ready.ts';
import { ThemeMenu } from './theme-menu.tsx';
import { UserMenu } from './user-menu.tsx';
import { WorkspaceSwitcher } from './workspace-switcher.tsx';

const Palette = lazy(() => import('./palette.tsx'));
const KeysHelp = lazy(() => import('./keys-help.tsx'));

export function WorkspaceShell(): JSX.Element {
  const { workspaceId } = useParams({ from: '/w/$workspaceId' });
  const session = useSession();
  const { isSuccess } = useQuery(workspaceQuery(workspaceId));
  useEffect(() => {
    if (isSuccess) rememberWorkspace(session, workspaceId);
  }, [isSuccess, session, workspaceId]);
  return <Shell workspaceId={workspaceId} />;
}

/** Pages of the installation stand beside the workspace an operator came from. */
export function InstallationShell(): JSX.Element {
  const session = useSession();
  return <Shell workspaceId={session.workspaceId} />;
}

function Shell({ workspaceId }: { workspaceId: string }): JSX.Element {
  const [showsNav, setShowsNav] = useState(false);
  const [palette, setPalette] = useState<'closed' | 'commands' | 'keys'>('closed');
  const [switches, setSwitches] = useState(false);
  const isBusy = useIsBusy();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const { data: workspace, error } = useQuery(workspaceQuery(workspaceId));
  const session = useSession();
  const isUnknown = error instanceof ApiProblem && error.status === 404;
  useFollowWorkspace(isUnknown ? undefined : workspaceId);
  useShortcuts({
    'mod+k': () => setPalette('commands'),
    '?': () => setPalette('keys'),
    w: () => setSwitches(true),
  });
  // On a narrow screen the navigation closes once it was used.
  const [shownPath, setShownPath] = useState(path);
  if (path !== shownPath) {
    setShownPath(path);
    setShowsNav(false);
  }
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <header className="shell-header">
        <IconButton
          icon="menu"
          label="Navigation"
          tooltip={false}
          className="nav-toggle"
          aria-expanded={showsNav}
          aria-controls="console-nav"
          onPress={() => setShowsNav(!showsNav)}
        />
        <PlainLink to="/w/$workspaceId/webhooks" params={{ workspaceId }} className="shell-brand" aria-label="Carillon">
          <Mark />
          <span>Carillon</span>
        </PlainLink>
        <WorkspaceSwitcher
          workspaceId={workspaceId}
          name={workspace?.displayName}
          isOpen={switches}
          onOpenChange={setSwitches}
        />
        <div className="shell-tools">
          <Button className="command-button" onPress={() => setPalette('commands')}>
            <Icon name="search" />
            <span className="label">Search</span>
            <kbd>{modKey()} K</kbd>
          </Button>
          <LiveLight />
          <Jobs workspaceId={workspaceId} />
          <ThemeMenu />
          <UserMenu />
        </div>
      </header>
      <div className="shell-body">
        <Nav workspaceId={workspaceId} isOpen={showsNav} />
        <main className="shell-main" id="main" tabIndex={-1} aria-busy={isBusy}>
          {isUnknown ? <NoSuchWorkspace home={session.workspaceId} /> : <Outlet />}
        </main>
      </div>
      {palette === 'keys' && (
        <Suspense fallback={null}>
          <KeysHelp onClose={() => setPalette('closed')} />
        </Suspense>
      )}
      {palette === 'commands' && (
        <Suspense fallback={null}>
          <Palette workspaceId={workspaceId} onClose={() => setPalette('closed')} />
        </Suspense>
      )}
    </>
  );
}
