import type { JSX } from 'react';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/link.tsx';

/** In the place of all pages of a workspace that does not exist, or is in nobody's reach who is signed in: which of both is not told. */
export function NoSuchWorkspace({ home }: { home: string }): JSX.Element {
  return (
    <EmptyState
      level={1}
      icon="search"
      title="There is no such workspace"
      actions={
        <LinkButton to="/w/$workspaceId/webhooks" params={{ workspaceId: home }} kind="primary">
          Go to your workspace
        </LinkButton>
      }
    >
      It does not exist, or you cannot see it.
    </EmptyState>
  );
}

export function NotFound(): JSX.Element {
  return (
    <main className="front">
      <div className="front-card">
        <EmptyState
          level={1}
          icon="search"
          title="There is no such page"
          actions={
            <LinkButton to="/" kind="primary">
              Go to the webhooks
            </LinkButton>
          }
        >
          The address may be mistyped, or the page is in a workspace you cannot see.
        </EmptyState>
      </div>
    </main>
  );
}
