import type { ErrorComponentProps } from '@tanstack/react-router';
import type { JSX } from 'react';
import { ErrorPanel } from '../ui/error-panel.tsx';

/** In the place of a page that failed as a whole, such as one whose file could not be loaded after an update of the server. */
export function Failed({ error, reset }: ErrorComponentProps): JSX.Element {
  const message = error instanceof Error ? error.message : '';
  const isOld = /dynamically imported module|Importing a module script failed/i.test(message);
  return (
    <div className="stack gap-4">
      <h1 tabIndex={-1}>This page could not be shown</h1>
      <ErrorPanel
        error={error}
        title={isOld ? 'The console was updated' : undefined}
        onRetry={isOld ? () => location.reload() : reset}
      />
    </div>
  );
}
