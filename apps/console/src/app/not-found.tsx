import type { JSX } from 'react';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/link.tsx';

export function NotFound(): JSX.Element {
  return (
    <main className="front">
      <div className="front-card">
        <EmptyState
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
