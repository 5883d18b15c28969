import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useRef, type JSX } from 'react';
import { api, read } from '../../api/client.ts';
import { usePages } from '../../api/pages.ts';
import { useCan, useReasonWithout } from '../../api/session.ts';
import type { WebhookView } from '../../api/types.ts';
import { Page } from '../../app/page.tsx';
import { keys } from '../../live/keys.ts';
import { Banner, Button, EmptyState, Link, LinkButton, Pagination, QueryView, useShortcuts } from '../../ui/index.ts';
import { useFailuresWhileHidden } from '../../webhooks/failures-while-hidden.ts';
import { count } from '../../words/numbers.ts';
import { longDate } from '../../words/times.ts';
import { WebhookFilters, type Filters } from './filters.tsx';
import { endingVersions } from './last-week.ts';
import { LastWeekPopUp } from './last-week-pop-up.tsx';
import { expiringQuery } from './webhook-list.ts';
import { WebhookTable } from './webhook-table.tsx';

const route = getRouteApi('/w/$workspaceId/webhooks');

export default function Webhooks(): JSX.Element {
  const { workspaceId } = route.useParams();
  const { search, state, listens, version, sort, cursors, open } = route.useSearch();
  const navigate = route.useNavigate();
  const searchField = useRef<HTMLInputElement>(null);
  const reason = useReasonWithout('webhooks:write');
  const filters: Filters = { search, state, listens, version };
  const query = { search, state, trigger: listens, version, sort: sort ?? ('name' as const) };
  const paging = usePages<WebhookView>({
    queryKey: keys.webhookList(workspaceId, query),
    read: (cursor, signal) => read(api.GET('/settings/webhooks', { params: { query: { ...query, cursor } }, signal })),
    cursors,
    onCursors: (next) => void navigate({ search: (now) => ({ ...now, cursors: next, open: undefined }) }),
  });
  const endings = endingVersions(useQuery(expiringQuery(workspaceId)).data?.items ?? []);
  const create = (): void => void navigate({ to: '/w/$workspaceId/webhooks/new', params: { workspaceId } });
  useShortcuts({ c: reason === undefined ? create : undefined, '/': () => searchField.current?.focus() });
  const filter = (next: Filters): void =>
    void navigate({
      search: (now) => ({ ...now, ...next, cursors: undefined, open: undefined }),
      replace: next.search !== search,
      resetScroll: false,
    });
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const [first] = endings;
  const note = useFailuresWhileHidden(paging.items.map(({ id }) => id));

  return (
    <Page
      title="Webhooks"
      note={note}
      actions={
        reason === undefined ? (
          <LinkButton kind="primary" icon="add" to="/w/$workspaceId/webhooks/new" params={{ workspaceId }}>
            Create webhook
          </LinkButton>
        ) : (
          <Button kind="primary" icon="add" disabledReason={reason}>
            Create webhook
          </Button>
        )
      }
    >
      {first && <LastWeekPopUp key={first.version} ending={first} workspaceId={workspaceId} />}
      {endings.map(({ version: ending, expiresAt, webhooks }) => (
        <Banner key={ending} tone="warn">
          {count(webhooks.length, ['webhook uses', 'webhooks use'])} version {ending}, which ends on{' '}
          {longDate(expiresAt)}.{' '}
          <Link to="/w/$workspaceId/webhooks" params={{ workspaceId }} search={{ state: 'expiring' }}>
            Review
          </Link>
        </Banner>
      ))}
      <WebhookFilters
        filters={filters}
        onChange={filter}
        result={inWords(paging.total, paging.query.data)}
        searchRef={searchField}
      />
      <QueryView query={paging.query} errorTitle="The webhooks could not be read" lines={8}>
        {() =>
          paging.items.length > 0 ? (
            <WebhookTable
              webhooks={paging.items}
              workspaceId={workspaceId}
              isBusy={paging.isChanging}
              sort={query.sort}
              onSort={(next) =>
                void navigate({ search: (now) => ({ ...now, sort: next, cursors: undefined }), resetScroll: false })
              }
              open={open}
              onOpen={(id) =>
                void navigate({
                  search: { search, state, listens, version, sort, cursors, open: id },
                  resetScroll: false,
                })
              }
            />
          ) : isFiltered ? (
            <EmptyState
              icon="search"
              title="No webhook matches"
              actions={<Button onPress={() => filter(NO_FILTERS)}>Clear filters</Button>}
            >
              Others may: nothing is wrong with them.
            </EmptyState>
          ) : (
            <NoWebhook workspaceId={workspaceId} />
          )
        }
      </QueryView>
      {(paging.previous ?? paging.next) && <Pagination paging={paging} noun={['webhook', 'webhooks']} />}
    </Page>
  );
}

const NO_FILTERS: Filters = { search: undefined, state: undefined, listens: undefined, version: undefined };

const inWords = (total: number | undefined, page: object | undefined): string | undefined => {
  if (total === undefined) return undefined;
  const isAtLeast = page !== undefined && 'totalIsAtLeast' in page && page.totalIsAtLeast === true;
  return `${isAtLeast ? 'more than ' : ''}${count(total, ['webhook', 'webhooks'])}`;
};

function NoWebhook({ workspaceId }: { workspaceId: string }): JSX.Element {
  const mayCreate = useCan()('webhooks:write');
  return (
    <EmptyState
      icon="webhook"
      title="No webhook yet"
      actions={
        mayCreate && (
          <LinkButton kind="primary" icon="add" to="/w/$workspaceId/webhooks/new" params={{ workspaceId }}>
            Create the first webhook
          </LinkButton>
        )
      }
    >
      A webhook sends an alert to a URL of yours when something happens in this workspace.
      {!mayCreate && ' Webhook admins and owners of this workspace can create one.'}
    </EmptyState>
  );
}
