import type { JSX, Ref } from 'react';
import { FilterBar, FilterChoices, SearchField, Select, TimeFilter } from '../../ui/index.ts';
import type { ActivityQuery } from './export-url.ts';
import { kindGroups, kindsOf } from './kinds.ts';
import type { Known } from './use-names.ts';

export type Filters = ActivityQuery & { readonly where?: 'all' | undefined };

type Props = {
  readonly filters: Filters;
  readonly known: Known;
  readonly onChange: (change: Filters) => void;
  readonly onClear: (() => void) | undefined;
  readonly searchRef: Ref<HTMLInputElement>;
};

/** Which entries are listed, all of it in the URL. */
export function ActivityFilters({ filters, known, onChange, onClear, searchRef }: Props): JSX.Element {
  const kinds = kindsOf(filters.kind);
  const { webhook } = filters;
  const isListed = known.webhooks.some(({ value }) => value === webhook);
  return (
    <FilterBar label="Filter the activity log" onClear={onClear}>
      <FilterChoices
        label="Who"
        groups={known.actors}
        values={filters.actor === undefined ? [] : [filters.actor]}
        onChange={([actor]) => onChange({ actor })}
      />
      <FilterChoices
        label="What"
        groups={kindGroups(kinds)}
        values={kinds}
        onChange={(chosen) => onChange({ kind: chosen.length === 0 ? undefined : chosen.join(',') })}
        isMultiple
      />
      <FilterChoices
        label="Webhook"
        groups={[
          { title: 'Webhooks', options: known.webhooks },
          {
            title: 'Not in the list',
            options: webhook === undefined || isListed ? [] : [{ value: webhook, label: webhook }],
          },
        ]}
        values={webhook === undefined ? [] : [webhook]}
        onChange={([chosen]) => onChange({ webhook: chosen })}
      />
      <TimeFilter from={filters.from} to={filters.to} onChange={onChange} />
      <Select
        label="Where"
        hideLabel
        options={[
          { value: 'this', label: 'This workspace' },
          { value: 'all', label: 'All workspaces', description: 'Everything that you reach' },
        ]}
        value={filters.where ?? 'this'}
        onChange={(where) => onChange({ where: where === 'all' ? 'all' : undefined })}
      />
      <SearchField
        label="Search in what happened"
        placeholder="Search"
        value={filters.search ?? ''}
        onSearch={(search) => onChange({ search: search === '' ? undefined : search.slice(0, 200) })}
        ref={searchRef}
      />
    </FilterBar>
  );
}
