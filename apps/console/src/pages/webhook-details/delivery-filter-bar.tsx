import type { JSX } from 'react';
import type { WebhookView } from '../../api/types.ts';
import { FilterBar, FilterMenu, SearchField, TimeFilter, type Option } from '../../ui/index.ts';
import { deliveryStateName, type DeliveryState } from '../../words/states.ts';
import { number } from '../../words/numbers.ts';
import { errorClasses, errorClassNames } from '../delivery/index.tsx';
import { isFiltered, type Filters } from './delivery-filters.ts';
import { WorkspaceFilter } from './workspace-filter.tsx';

type Props = {
  readonly workspaceId: string;
  readonly webhook: WebhookView;
  readonly filters: Filters;
  readonly onChange: (change: Filters) => void;
  readonly onClear: () => void;
  /** Undefined while it is counted. */
  readonly matching: { readonly count: number; readonly atLeast: boolean } | undefined;
};

const states: readonly DeliveryState[] = [
  'pending',
  'succeeded',
  'exhausted',
  'held',
  'unrendered',
  'skipped',
  'cancelled',
];
const described: Partial<Record<DeliveryState, string>> = {
  pending: 'Not attempted yet, or trying again',
  exhausted: 'Every attempt failed',
  held: 'Kept while the webhook is disabled',
};
const stateOptions: readonly Option<DeliveryState>[] = states.map((value) => ({
  value,
  label: deliveryStateName(value),
  description: described[value],
}));
const codes = ['2xx', '3xx', '4xx', '401', '403', '404', '410', '429', '5xx', '500', '502', '503', '504'];
const errorOptions: readonly Option[] = errorClasses.map((value) => ({ value, label: errorClassNames[value] }));
const kindOptions: readonly Option<'event' | 'test'>[] = [
  { value: 'event', label: 'Events' },
  { value: 'test', label: 'Tests' },
];

/** What of the deliveries is listed, all of it in the URL. */
export function DeliveryFilterBar({ workspaceId, webhook, filters, onChange, onClear, matching }: Props): JSX.Element {
  const known = codes.includes(filters.code ?? '2xx') ? codes : [...codes, filters.code ?? ''];
  return (
    <FilterBar
      label="Filter deliveries"
      onClear={isFiltered(filters) ? onClear : undefined}
      result={
        matching &&
        `${matching.atLeast ? 'More than ' : ''}${number(matching.count)} ${matching.count === 1 ? 'matches' : 'match'}`
      }
    >
      <FilterMenu
        label="State"
        options={stateOptions}
        value={filters.status}
        onChange={(status) => onChange({ status })}
      />
      <FilterMenu
        label="Code"
        options={known.map((value) => ({ value, label: value }))}
        value={filters.code}
        onChange={(code) => onChange({ code })}
      />
      <FilterMenu
        label="Error"
        options={errorOptions}
        value={filters.errorClass}
        onChange={(errorClass) => onChange({ errorClass })}
      />
      <FilterMenu
        label="Trigger"
        options={[...new Set([...webhook.triggers, ...(filters.trigger ? [filters.trigger] : [])])].map((value) => ({
          value,
          label: value,
        }))}
        value={filters.trigger}
        onChange={(trigger) => onChange({ trigger })}
      />
      {(webhook.applyToAllDescendants || filters.eventWorkspace !== undefined) && (
        <WorkspaceFilter
          workspaceId={workspaceId}
          value={filters.eventWorkspace}
          onChange={(eventWorkspace) => onChange({ eventWorkspace })}
        />
      )}
      <TimeFilter from={filters.from} to={filters.to} onChange={onChange} />
      <FilterMenu label="Kind" options={kindOptions} value={filters.kind} onChange={(kind) => onChange({ kind })} />
      {filters.redelivery !== undefined && (
        <FilterMenu
          label="Job"
          options={[{ value: filters.redelivery, label: 'this one' }]}
          value={filters.redelivery}
          onChange={(redelivery) => onChange({ redelivery })}
        />
      )}
      <SearchField
        label="Event id"
        value={filters.event ?? ''}
        onSearch={(event) => onChange({ event: event === '' ? undefined : event })}
      />
    </FilterBar>
  );
}
