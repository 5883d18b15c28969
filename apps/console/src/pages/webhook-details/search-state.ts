import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { webhookDetails } from '../../app/searches.ts';

export type DetailsSearch = ReturnType<typeof webhookDetails>;
export type DetailsTab = NonNullable<DetailsSearch['tab']>;
export type ChangeSearch = (change: Partial<DetailsSearch>, options?: { readonly isStep?: boolean }) => void;

/**
 * What the details keep in the URL, on their own page and in a row of the list. A step is one that Back takes back: a tab, an open
 * delivery.
 */
export function useDetailsSearch(): readonly [DetailsSearch, ChangeSearch] {
  const search: DetailsSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback<ChangeSearch>(
    (changes, { isStep = false } = {}) =>
      void navigate({
        to: '.',
        search: (before: object) => ({ ...before, ...changes }),
        replace: !isStep,
        resetScroll: false,
      }),
    [navigate],
  );
  return [search, change];
}
