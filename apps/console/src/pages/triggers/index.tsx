import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useRef, type JSX } from 'react';
import { Page } from '../../app/page.tsx';
import type { TriggerView, VersionView } from '../../api/types.ts';
import {
  Button,
  classNames,
  EmptyState,
  FilterBar,
  Icon,
  Link,
  QueryView,
  SearchField,
  useShortcuts,
} from '../../ui/index.ts';
import { count } from '../../words/numbers.ts';
import { groupTriggers, matching } from './group-triggers.ts';
import { TriggerDetails } from './trigger-details.tsx';
import { TriggerList } from './trigger-list.tsx';
import { triggersQuery, versionsQuery } from './trigger-queries.ts';
import { SameAsCurrent, VersionSelect } from './version-select.tsx';
import './triggers.css';

const route = getRouteApi('/w/$workspaceId/triggers');

export default function Triggers(): JSX.Element {
  const { workspaceId } = route.useParams();
  const { search = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const searchField = useRef<HTMLInputElement>(null);
  useShortcuts({ '/': () => searchField.current?.focus() });
  const query = useQuery(triggersQuery());
  const items = query.data?.items;
  const found = useMemo(() => (items === undefined ? [] : matching(items, search)), [items, search]);
  const setSearch = (text: string): void =>
    void navigate({ search: (now) => ({ ...now, search: text || undefined }), replace: true, resetScroll: false });
  return (
    <Page title="Trigger catalog">
      <p className="muted">
        A webhook listens to triggers: each is something that happens, and what its alert has as <code>data</code>.
      </p>
      <QueryView query={query} errorTitle="The triggers could not be read" lines={10}>
        {(data) => (
          <>
            <FilterBar
              label="Filter triggers"
              onClear={search === '' ? undefined : () => setSearch('')}
              result={
                search === ''
                  ? count(data.items.length, ['trigger', 'triggers'])
                  : `${count(found.length, ['trigger matches', 'triggers match'])}`
              }
            >
              <SearchField
                label="Search name, label or description"
                placeholder="Search triggers"
                value={search}
                onSearch={setSearch}
                ref={searchField}
              />
            </FilterBar>
            <Catalog workspaceId={workspaceId} items={data.items} found={found} onClear={() => setSearch('')} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

type CatalogProps = {
  readonly workspaceId: string;
  readonly items: readonly TriggerView[];
  readonly found: readonly TriggerView[];
  readonly onClear: () => void;
};

function Catalog({ workspaceId, items, found, onClear }: CatalogProps): JSX.Element {
  const search = route.useSearch();
  const { open } = search;
  const navigate = route.useNavigate();
  const groups = useMemo(() => groupTriggers(found), [found]);
  return (
    <div className={classNames('catalog', open !== undefined && 'has-open')}>
      <div className="catalog-list card">
        {found.length === 0 ? (
          <EmptyState icon="filter" title="No trigger matches" actions={<Button onPress={onClear}>Clear</Button>}>
            Fewer or other words may find it: names, labels and descriptions are searched.
          </EmptyState>
        ) : (
          <TriggerList
            groups={groups}
            open={open}
            onOpen={(type) => void navigate({ search: (now) => ({ ...now, open: type }), resetScroll: false })}
          />
        )}
      </div>
      <div className="catalog-details stack gap-3">
        {open === undefined ? (
          <div className="card">
            <EmptyState icon="book" title="Choose a trigger">
              Its description, an example, the schema, and the webhooks that listen to it are shown here.
            </EmptyState>
          </div>
        ) : (
          <>
            <Link
              className="catalog-back row gap-1"
              to="/w/$workspaceId/triggers"
              params={{ workspaceId }}
              search={{ ...search, open: undefined }}
            >
              <Icon name="chevronLeft" /> All triggers
            </Link>
            <OpenTrigger workspaceId={workspaceId} items={items} open={open} />
          </>
        )}
      </div>
    </div>
  );
}

type OpenProps = { readonly workspaceId: string; readonly items: readonly TriggerView[]; readonly open: string };

function OpenTrigger({ workspaceId, items, open }: OpenProps): JSX.Element {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const versions = useQuery({ ...versionsQuery, meta: { isAside: true } }).data?.items ?? NONE;
  const live = versions.filter(({ name, status }) => status !== 'expired' || name === search.version);
  const current = versions.find(({ status }) => status === 'current')?.name;
  const version = search.version ?? current;
  const older = useQuery({ ...triggersQuery(version), enabled: version !== undefined && version !== current });
  const now = items.find(({ type }) => type === open);
  const shown = version === current ? now : (older.data?.items.find(({ type }) => type === open) ?? now);
  if (shown === undefined) {
    return (
      <div className="card">
        <EmptyState icon="book" title="There is no such trigger">
          The catalog has no trigger of the name “{open}”.
        </EmptyState>
      </div>
    );
  }
  return (
    <TriggerDetails
      trigger={shown}
      workspaceId={workspaceId}
      view={search.view ?? 'example'}
      onView={(view) =>
        void navigate({
          search: (before) => ({ ...before, view: view === 'example' ? undefined : view }),
          replace: true,
          resetScroll: false,
        })
      }
      version={
        version === undefined || current === undefined || live.length < 2 ? undefined : (
          <div className="row gap-3">
            <VersionSelect
              versions={live}
              value={version}
              onChange={(chosen) =>
                void navigate({
                  search: (before) => ({ ...before, version: chosen === current ? undefined : chosen }),
                  replace: true,
                  resetScroll: false,
                })
              }
            />
            <SameAsCurrent shown={shown} version={version} current={current} />
          </div>
        )
      }
    />
  );
}

const NONE: readonly VersionView[] = [];
