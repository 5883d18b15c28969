import { useQuery } from '@tanstack/react-query';
import type { JSX, Ref } from 'react';
import { api, read } from '../../api/client.ts';
import { keys } from '../../live/keys.ts';
import { FilterBar, FilterMenu, SearchField } from '../../ui/index.ts';

export type State = 'enabled' | 'disabled' | 'exhausted' | 'expired' | 'expiring';
export type Filters = {
  readonly search?: string | undefined;
  readonly state?: State | undefined;
  readonly listens?: string | undefined;
  readonly version?: string | undefined;
};

const states: readonly { value: State; label: string }[] = [
  { value: 'enabled', label: 'Enabled' },
  { value: 'disabled', label: 'Disabled' },
  { value: 'exhausted', label: 'Disabled by failures' },
  { value: 'expiring', label: 'In its last week' },
  { value: 'expired', label: 'Expired' },
];

type Props = {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
  readonly result: string | undefined;
  readonly searchRef: Ref<HTMLInputElement>;
};

export function WebhookFilters({ filters, onChange, result, searchRef }: Props): JSX.Element {
  const triggers = useQuery({
    queryKey: keys.triggers({}),
    queryFn: ({ signal }) => read(api.GET('/triggers', { signal })),
    staleTime: 5 * 60_000,
    meta: { isAside: true },
  });
  const versions = useQuery({
    queryKey: keys.versions({}),
    queryFn: ({ signal }) => read(api.GET('/versions', { signal })),
    staleTime: 5 * 60_000,
    meta: { isAside: true },
  });
  const isAny = Object.values(filters).some((value) => value !== undefined);
  return (
    <FilterBar
      label="Filter webhooks"
      onClear={
        isAny
          ? () => onChange({ search: undefined, state: undefined, listens: undefined, version: undefined })
          : undefined
      }
      result={result}
    >
      <SearchField
        label="Search name or URL"
        placeholder="Search name or URL"
        value={filters.search ?? ''}
        onSearch={(search) => onChange({ ...filters, search: search.trim() || undefined })}
        ref={searchRef}
      />
      <FilterMenu
        label="Status"
        options={states}
        value={filters.state}
        onChange={(state) => onChange({ ...filters, state })}
      />
      <FilterMenu
        label="Trigger"
        options={(triggers.data?.items ?? []).map(({ type, label }) => ({ value: type, label, description: type }))}
        value={filters.listens}
        onChange={(listens) => onChange({ ...filters, listens })}
      />
      <FilterMenu
        label="Version"
        options={(versions.data?.items ?? []).map(({ name }) => ({ value: name, label: name }))}
        value={filters.version}
        onChange={(version) => onChange({ ...filters, version })}
      />
    </FilterBar>
  );
}
