import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, type JSX } from 'react';
import { api, read } from '../../api/client.ts';
import { usePages } from '../../api/pages.ts';
import type { ActivityEntry } from '../../api/types.ts';
import { Page } from '../../app/page.tsx';
import { useFrozenRows } from '../../live/hooks.ts';
import { keys } from '../../live/keys.ts';
import { announceChange, Button, EmptyState, Pagination, QueryView, Table, useShortcuts } from '../../ui/index.ts';
import { count } from '../../words/numbers.ts';
import { ActivityFilters, type Filters } from './activity-filters.tsx';
import { EntryRow } from './entry-row.tsx';
import { ExportMenu } from './export-menu.tsx';
import { useKnown } from './use-names.ts';
import './activity.css';

const route = getRouteApi('/w/$workspaceId/activity');

const NONE: readonly ActivityEntry[] = [];
const NOTHING: Filters = {
  actor: undefined,
  kind: undefined,
  webhook: undefined,
  from: undefined,
  to: undefined,
  search: undefined,
  where: undefined,
};
/** Changes are told of the workspace that is shown; of the others somebody has to ask. */
const ASK_EVERY_MS = 15_000;

export default function Activity(): JSX.Element {
  const { workspaceId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const searchField = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useShortcuts({ '/': () => searchField.current?.focus() });

  const { actor, kind, webhook, from, to, where } = search;
  const query = { actor, kind, webhook, from, to, search: search.search };
  const isEverywhere = where === 'all';
  const paging = usePages({
    queryKey: keys.activity(workspaceId, { ...query, where }),
    read: (cursor, signal) => {
      const header = isEverywhere ? { Workspace: '' } : undefined;
      return read(api.GET('/activity', { params: { query: { ...query, cursor }, header }, signal }));
    },
    cursors: search.cursors,
    onCursors: (cursors) => void navigate({ search: (now) => ({ ...now, cursors, open: undefined }) }),
    refetchInterval: isEverywhere ? ASK_EVERY_MS : undefined,
  });
  const items = paging.query.data?.items ?? NONE;
  const listKey = JSON.stringify([workspaceId, query, where, search.cursors, paging.isChanging]);
  const { rows, fresh, show } = useFrozenRows(items, listKey);
  const known = useKnown(workspaceId, rows, actor);
  const freshWords = `${count(fresh, ['new entry', 'new entries'])}`;
  useEffect(() => {
    if (fresh > 0) announceChange(`${freshWords} in the activity log.`);
  }, [fresh, freshWords]);

  const filter = (change: Filters): void =>
    void navigate({
      search: (now) => ({ ...now, ...change, cursors: undefined, open: undefined }),
      replace: 'search' in change,
      resetScroll: false,
    });
  const toggle = useCallback(
    (id: string) =>
      void navigate({
        search: (now) => ({ ...now, open: now.open === id ? undefined : id }),
        resetScroll: false,
      }),
    [navigate],
  );
  const isFiltered = Object.keys(NOTHING).some((name) => search[name as keyof Filters] !== undefined);
  const columns = [
    { id: 'time', label: 'Time', width: 'shrink' },
    { id: 'who', label: 'Who' },
    { id: 'what', label: 'What' },
    ...(isEverywhere ? [{ id: 'workspace', label: 'Workspace' }] : []),
    { id: 'trace', label: 'Trace id', width: 'shrink' },
    { id: 'details', label: 'Details', isHidden: true, width: 'shrink' },
  ] as const;
  return (
    <Page
      title="Activity log"
      actions={<ExportMenu query={query} workspaceId={isEverywhere ? undefined : workspaceId} />}
    >
      <ActivityFilters
        filters={search}
        known={known}
        onChange={filter}
        onClear={isFiltered ? () => filter(NOTHING) : undefined}
        searchRef={searchField}
      />
      <QueryView query={paging.query} errorTitle="The activity log could not be read" lines={10}>
        {() =>
          rows.length === 0 ? (
            <Nothing filters={search} onWiden={filter} />
          ) : (
            <div ref={list} tabIndex={-1} className="stack gap-2">
              {fresh > 0 && (
                <Button
                  className="activity-fresh"
                  icon="arrowUp"
                  onPress={() => {
                    show();
                    list.current?.focus();
                  }}
                >
                  {`${freshWords} – show`}
                </Button>
              )}
              <Table label="Activity" columns={columns} isBusy={paging.isChanging}>
                {rows.map((entry) => (
                  <EntryRow
                    key={entry.id}
                    entry={entry}
                    names={known.names}
                    workspaceId={workspaceId}
                    isOpen={entry.id === search.open}
                    showsWorkspace={isEverywhere}
                    onToggle={toggle}
                  />
                ))}
              </Table>
            </div>
          )
        }
      </QueryView>
      {rows.length > 0 && <Pagination paging={paging} noun={['entry', 'entries']} />}
    </Page>
  );
}

function Nothing({ filters, onWiden }: { filters: Filters; onWiden: (change: Filters) => void }): JSX.Element {
  const { from, to, where: _, ...others } = filters;
  const hasPeriod = from !== undefined || to !== undefined;
  const hasOthers = ['actor', 'kind', 'webhook', 'search'].some((name) => others[name as keyof typeof others]);
  if (hasPeriod) {
    return (
      <EmptyState
        icon="calendar"
        title={hasOthers ? 'Nothing of this in this period' : 'Nothing in this period'}
        actions={
          <>
            <Button onPress={() => onWiden({ from: undefined, to: undefined })}>Show any time</Button>
            {hasOthers && <Button onPress={() => onWiden(NOTHING)}>Clear all filters</Button>}
          </>
        }
      >
        Entries are kept for good, so there may be some outside of it.
      </EmptyState>
    );
  }
  if (hasOthers) {
    return (
      <EmptyState
        icon="filter"
        title="Nothing matches"
        actions={<Button onPress={() => onWiden(NOTHING)}>Clear all filters</Button>}
      >
        No entry has all that the filters ask for.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="list" title="Nothing has happened yet">
      Whatever somebody changes in this workspace is written down here: who, what, when, and what was before.
    </EmptyState>
  );
}
