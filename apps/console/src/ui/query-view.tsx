import type { UseQueryResult } from '@tanstack/react-query';
import type { JSX, ReactNode } from 'react';
import { Button } from './button.tsx';
import { ErrorPanel } from './error-panel.tsx';
import { Skeleton } from './skeleton.tsx';

type Props<T> = {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
  /** What failed: "The webhooks could not be read". */
  readonly errorTitle?: string;
  readonly lines?: number;
};

/** Skeleton, error or content. What was read before stays when reading it again fails, with a note above. */
export function QueryView<T>({ query, children, errorTitle, lines }: Props<T>): JSX.Element {
  const retry = (): void => void query.refetch();
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && (
          <p className="row small" role="status">
            Could not be brought up to date.
            <Button kind="link" onPress={retry}>
              Try again
            </Button>
          </p>
        )}
        {children(query.data)}
      </>
    );
  }
  return query.isError ? (
    <ErrorPanel error={query.error} title={errorTitle} onRetry={retry} />
  ) : (
    <Skeleton lines={lines} />
  );
}
