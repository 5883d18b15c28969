import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState, type JSX } from 'react';
import { Header } from 'react-aria-components/Header';
import { MenuSection } from 'react-aria-components/Menu';
import { api } from '../api/client.ts';
import { roleNames, useSession } from '../api/session.ts';
import { keys } from '../live/keys.ts';
import { Button } from '../ui/button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { toastError } from '../ui/toasts.tsx';
import { initials } from './initials.ts';

const ChangePassword = lazy(() => import('../pages/change-password/index.tsx'));

/** Who is signed in, as what, and how to leave. */
export function UserMenu(): JSX.Element {
  const { user, link, role } = useSession();
  const [changes, setChanges] = useState(false);
  const navigate = useNavigate();
  const client = useQueryClient();
  const name = user?.name || user?.email || link?.label || 'Console link';
  const leave = async (everywhere: boolean): Promise<void> => {
    try {
      await (everywhere ? api.POST('/session/end-all') : api.DELETE('/session'));
    } catch (error) {
      return toastError(error, 'You could not be signed out');
    }
    const gone = navigate({
      to: '/sign-in',
      search: { reason: everywhere ? 'everywhere' : 'signed-out' },
      replace: true,
    });
    client.clear();
    client.setQueryData(keys.session, null);
    await gone;
  };
  return (
    <>
      <Menu
        label="Account"
        trigger={
          <Button kind="quiet" className="is-icon" aria-label={`Account of ${name}`}>
            {/* Drawn by the style sheet: as text they would be a label that the name does not have. */}
            <span className="avatar" aria-hidden="true" data-initials={initials(name)} />
          </Button>
        }
      >
        <MenuSection>
          <Header className="account-head">
            <span className="strong">{name}</span>
            {user && user.email !== name && <span className="muted small">{user.email}</span>}
            <span className="muted small">{roleNames[role]}</span>
          </Header>
          {user ? (
            <MenuItem icon="key" onAction={() => setChanges(true)}>
              Change password
            </MenuItem>
          ) : null}
          <MenuItem icon="power" onAction={() => void leave(false)}>
            Sign out
          </MenuItem>
          {user ? (
            <MenuItem
              icon="power"
              description="Ends all your sessions, in every browser"
              onAction={() => void leave(true)}
            >
              Sign out everywhere
            </MenuItem>
          ) : null}
        </MenuSection>
      </Menu>
      {changes && (
        <Suspense fallback={null}>
          <ChangePassword onClose={() => setChanges(false)} />
        </Suspense>
      )}
    </>
  );
}
