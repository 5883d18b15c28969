import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { api, read } from '../../api/client.ts';
import { deliveryCountQuery } from '../../api/deliveries.ts';
import { usePages } from '../../api/pages.ts';
import { lacking, useCan, useSession } from '../../api/session.ts';
import type { DeliveryView, WebhookView } from '../../api/types.ts';
import { useFrozenRows } from '../../live/hooks.ts';
import { keys } from '../../live/keys.ts';
import { Button, Pagination, QueryView } from '../../ui/index.ts';
import { number } from '../../words/numbers.ts';
import { DeliverySheet, errorClasses } from '../delivery/index.tsx';
import { DeliveriesTable } from './deliveries-table.tsx';
import { DeliveryFilterBar } from './delivery-filter-bar.tsx';
import { filtersOf, isFiltered, noFilters, queryOf, reasonAgainstFilter, type Filters } from './delivery-filters.ts';
import './deliveries.css';
import { HeldBanner } from './held-banner.tsx';
import { NoDeliveries } from './no-deliveries.tsx';
import { hourAfter } from '../../words/period.ts';
import { RedeliverDialog, type Target } from './redeliver-dialog.tsx';
import { useDetailsSearch } from './search-state.ts';
import { SelectionBar } from './selection-bar.tsx';
import { StatisticsFigure } from './statistics-figure.tsx';
import { useLeftRows } from './use-left-rows.ts';
import { useSelection } from './use-selection.ts';
import { WebhookJobs } from './webhook-jobs.tsx';
import { useWorkspaceNames } from '../../webhooks/workspaces-within.ts';

const PAGE = 50;
type Props = { readonly webhook: WebhookView; readonly workspaceId: string; readonly onTest: () => void };

/** What became of every alert of a webhook. */
export function DeliveriesTab({ webhook, workspaceId, onTest }: Props): JSX.Element {
  const [search, change] = useDetailsSearch();
  const filters = filtersOf(search);
  const query = queryOf(webhook.id, filters, errorClasses);
  const listKey = JSON.stringify(query);
  const onFilter = (changed: Filters): void => change({ ...changed, deliveryCursors: undefined });
  const clear = (): void => onFilter(noFilters);

  const paging = usePages<DeliveryView>({
    queryKey: keys.deliveryList(workspaceId, { ...query, limit: PAGE }),
    read: (cursor, signal) =>
      read(api.GET('/deliveries', { params: { query: { ...query, limit: PAGE, cursor } }, signal })),
    cursors: search.deliveryCursors,
    onCursors: (deliveryCursors) => change({ deliveryCursors }, { isStep: true }),
  });
  // What is counted as matching is never what a part of the filters was left out of.
  const { data: matching } = useQuery({ ...deliveryCountQuery(workspaceId, query), meta: { isAside: true } });
  const {
    rows: places,
    fresh,
    show,
  } = useFrozenRows(paging.items, `${listKey} ${paging.pageNumber} ${paging.isChanging}`);
  const rows = useLeftRows(workspaceId, webhook.id, places, paging.items);
  const selection = useSelection(listKey);
  const nameOf = useWorkspaceNames(workspaceId, webhook.applyToAllDescendants);

  const ids = rows.map(({ id }) => id);
  const isSelected = (id: string): boolean => selection.isAll || selection.ids.has(id);
  const open = (delivery: string | undefined): void =>
    change(
      { delivery, attempt: undefined, ...(delivery === undefined ? { part: undefined } : {}) },
      { isStep: search.delivery === undefined },
    );
  const at = ids.indexOf(search.delivery ?? '');
  const openAt = (index: number): (() => void) | undefined =>
    at === -1 || ids[index] === undefined ? undefined : () => open(ids[index]);
  const [target, setTarget] = useState<Target>();

  return (
    <div className="stack gap-4">
      <StatisticsFigure
        workspaceId={workspaceId}
        webhookId={webhook.id}
        period={search.period}
        onPeriod={(period) => change({ period })}
        onHour={(hour) => onFilter({ from: hour, to: hourAfter(hour) })}
      />
      <HeldBanner
        workspaceId={workspaceId}
        webhook={webhook}
        onShow={() => onFilter({ ...noFilters, status: 'held' })}
      />
      <WebhookJobs
        workspaceId={workspaceId}
        webhookId={webhook.id}
        onShow={(redelivery) => onFilter({ ...noFilters, redelivery })}
      />
      <DeliveryFilterBar
        workspaceId={workspaceId}
        webhook={webhook}
        filters={filters}
        onChange={onFilter}
        onClear={clear}
        matching={matching}
      />
      <QueryView query={paging.query} errorTitle="The deliveries could not be read" lines={8}>
        {() =>
          rows.length === 0 ? (
            <NoDeliveries
              workspaceId={workspaceId}
              webhook={webhook}
              filters={filters}
              onClear={clear}
              onTest={onTest}
              isFiltered={isFiltered(filters)}
            />
          ) : (
            <>
              <Selecting
                ids={ids}
                selection={selection}
                matching={matching}
                filters={filters}
                webhook={webhook}
                onRedeliver={() =>
                  setTarget(
                    selection.isAll
                      ? { by: 'filter', query }
                      : { by: 'ids', ids: [...selection.ids], known: rows.filter(({ id }) => selection.ids.has(id)) },
                  )
                }
              />
              {fresh > 0 && paging.pageNumber === 1 && (
                <Button kind="quiet" className="fresh" onPress={show}>
                  {`${number(fresh)} new ${fresh === 1 ? 'delivery' : 'deliveries'} – show`}
                </Button>
              )}
              <DeliveriesTable
                rows={rows}
                webhook={webhook}
                workspaceId={workspaceId}
                nameOf={nameOf}
                isSelected={isSelected}
                onSelect={(id, chosen) => selection.select([id], chosen, ids)}
                opened={search.delivery}
                onOpen={open}
                isBusy={paging.isChanging}
              />
              <Pagination paging={paging} noun={['delivery', 'deliveries']} />
            </>
          )
        }
      </QueryView>
      {target && (
        <RedeliverDialog
          workspaceId={workspaceId}
          webhook={webhook}
          target={target}
          onStarted={selection.clear}
          onClose={() => setTarget(undefined)}
        />
      )}
      {search.delivery !== undefined && (
        <DeliverySheet
          workspaceId={workspaceId}
          deliveryId={search.delivery}
          attempt={search.attempt}
          part={search.part}
          onChange={(changed) => change(changed)}
          onClose={() => open(undefined)}
          onPrevious={openAt(at - 1)}
          onNext={openAt(at + 1)}
        />
      )}
    </div>
  );
}

type SelectingProps = Pick<Parameters<typeof SelectionBar>[0], 'matching' | 'onRedeliver'> & {
  readonly ids: readonly string[];
  readonly selection: ReturnType<typeof useSelection>;
  readonly filters: Filters;
  readonly webhook: WebhookView;
};

function Selecting({ ids, selection, filters, webhook, ...rest }: SelectingProps): JSX.Element {
  const can = useCan();
  const session = useSession();
  const off = webhook.status === 'disabled' ? 'The webhook is disabled. Enable it first.' : undefined;
  return (
    <SelectionBar
      {...rest}
      shown={ids.length}
      selectedShown={ids.filter((id) => selection.ids.has(id)).length}
      selected={selection.isAll ? 'all' : selection.ids.size}
      onSelectPage={(chosen) => selection.select(ids, chosen)}
      onSelectAll={selection.selectAll}
      onClear={selection.clear}
      reasonAgainstAll={reasonAgainstFilter(filters)}
      disabledReason={can('deliveries:write') ? off : lacking(session)}
    />
  );
}
