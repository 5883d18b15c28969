import { keepPreviousData, useQuery, type QueryKey, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';

export type Page<T> = { readonly items: readonly T[]; readonly nextCursor: string | null; readonly total?: number };

/**
 * The cursors of the pages behind the shown one are kept in the URL as one text, so that Back, reload and a shared link show the
 * same page. The last is that of the shown page.
 */
export const cursorsOf = (text: string | undefined): readonly string[] =>
  text === undefined || text === '' ? [] : text.split('~');
export const textOfCursors = (cursors: readonly string[]): string | undefined =>
  cursors.length === 0 ? undefined : cursors.join('~');

export type Paging<T> = {
  readonly query: UseQueryResult<Page<T>>;
  readonly items: readonly T[];
  /** Counts from 1. */
  readonly pageNumber: number;
  readonly total: number | undefined;
  /** Undefined on the first page. */
  readonly previous: (() => void) | undefined;
  /** Undefined on the last page. */
  readonly next: (() => void) | undefined;
  /** The page before stays on screen while the next one loads. */
  readonly isChanging: boolean;
};

/** The same one each time: who compares what is shown by identity sees no change in it. */
const NONE: readonly never[] = [];

/** One page of a list by cursor. `cursors` is the search parameter of the page, `onCursors` writes it (undefined: first page). */
export function usePages<T>(options: {
  readonly queryKey: QueryKey;
  readonly read: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>;
  readonly cursors: string | undefined;
  readonly onCursors: (cursors: string | undefined) => void;
  readonly enabled?: boolean;
  readonly refetchInterval?: number;
}): Paging<T> {
  const { queryKey, read, cursors: text, onCursors, enabled, refetchInterval } = options;
  const cursors = useMemo(() => cursorsOf(text), [text]);
  const cursor = cursors.at(-1);
  const query = useQuery<Page<T>>({
    queryKey: [...queryKey, { cursor: cursor ?? null }],
    queryFn: ({ signal }) => read(cursor, signal),
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval,
  });
  const nextCursor = query.data?.nextCursor ?? null;
  const back = useCallback(() => onCursors(textOfCursors(cursors.slice(0, -1))), [cursors, onCursors]);
  const forth = useCallback(
    () => (nextCursor === null ? undefined : onCursors(textOfCursors([...cursors, nextCursor]))),
    [cursors, nextCursor, onCursors],
  );
  return {
    query,
    items: query.data?.items ?? NONE,
    pageNumber: cursors.length + 1,
    total: query.data?.total,
    previous: cursors.length === 0 ? undefined : back,
    next: nextCursor === null || query.isPlaceholderData ? undefined : forth,
    isChanging: query.isPlaceholderData,
  };
}
