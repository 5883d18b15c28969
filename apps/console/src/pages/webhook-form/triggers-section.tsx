import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type JSX } from 'react';
import { useController, useWatch } from 'react-hook-form';
import { Button, Disclosure, SearchField } from '../../ui/index.ts';
import { count, number } from '../../words/numbers.ts';
import { FieldMessage, FormSection } from './form-fields.tsx';
import { catalogQuery, type Catalog } from './form-queries.ts';
import type { FormValues } from './form-values.ts';
import { blocksOf, matching, triggersOf, type TriggerGroup } from './trigger-groups.ts';
import { TriggerGroupView } from './trigger-group-view.tsx';

type Props = { readonly newest: string | undefined; /** As the newest version has it. */ readonly catalog: Catalog };

/** The catalog, as the chosen version has it: by group, to be filtered, and opened only as far as it is looked at. */
export function TriggersSection({ newest, catalog: ofNewest }: Props): JSX.Element {
  const version = useWatch<FormValues, 'version'>({ name: 'version' });
  const { field, fieldState } = useController<FormValues, 'triggers'>({ name: 'triggers' });
  const { data } = useQuery({
    ...catalogQuery(version === newest ? undefined : version),
    // What is on screen stays until another version's is there.
    placeholderData: (before) => before ?? ofNewest,
    meta: { isAside: true },
  });
  const [search, setSearch] = useState('');
  const catalog = useMemo(() => data?.triggers ?? [], [data]);
  const blocks = useMemo(() => blocksOf(matching(catalog, search)), [catalog, search]);
  const chosen = useMemo(() => new Set(field.value), [field.value]);
  const choose = (types: readonly string[], isChosen: boolean): void => {
    const others = field.value.filter((type) => !types.includes(type));
    field.onChange(isChosen ? [...others, ...types] : others);
  };
  const shared = { chosen, onChoose: choose, isFiltered: search !== '' };
  return (
    <FormSection
      title="Triggers"
      field="triggers"
      after={
        <span className="push muted small" role="status">
          {number(chosen.size)} of {count(catalog.length, ['trigger', 'triggers'])} chosen
        </span>
      }
    >
      <div className="row">
        <SearchField label="Filter triggers" value={search} onSearch={setSearch} className="grow trigger-filter" />
        {chosen.size > 0 && (
          <Button kind="quiet" onPress={() => field.onChange([])}>
            Choose none
          </Button>
        )}
      </div>
      <FieldMessage message={fieldState.error?.message} />
      <Block title="Events of the platform" what={['trigger', 'triggers']} groups={blocks.own} beginsOpen {...shared} />
      <Block
        title="Actions of the location API"
        what={['action', 'actions']}
        groups={blocks.actions}
        beginsOpen={false}
        {...shared}
      />
      {blocks.own.length + blocks.actions.length === 0 && (
        <div className="row muted" role="status">
          <p>
            {catalog.length === 0
              ? 'The catalog has no triggers yet.'
              : `No trigger has “${search}” in its name or description.`}
          </p>
          {search !== '' && (
            <Button kind="link" onPress={() => setSearch('')}>
              Clear the filter
            </Button>
          )}
        </div>
      )}
    </FormSection>
  );
}

type BlockProps = {
  readonly title: string;
  readonly what: readonly [string, string];
  readonly groups: readonly TriggerGroup[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (types: readonly string[], isChosen: boolean) => void;
  readonly isFiltered: boolean;
  readonly beginsOpen: boolean;
};

/** Opened by itself where most look, and where something in it is chosen or found. */
function Block({ title, what, groups, chosen, onChoose, isFiltered, beginsOpen }: BlockProps): JSX.Element | null {
  const types = triggersOf(groups).map(({ type }) => type);
  const chosenHere = types.filter((type) => chosen.has(type)).length;
  const [isOpened, setOpened] = useState(beginsOpen || chosenHere > 0);
  if (types.length === 0) return null;
  const isOpen = isFiltered || isOpened;
  const hasAll = chosenHere === types.length;
  const all = `${count(types.length, what)}${isFiltered ? ' found' : ''}`;
  return (
    <div className="trigger-block">
      <Disclosure
        level={3}
        isOpen={isOpen}
        onOpenChange={setOpened}
        title={
          <>
            <span className="strong">{title}</span>
            <span className="muted small">
              {chosenHere === 0 ? number(types.length) : `${number(chosenHere)} of ${number(types.length)}`}
            </span>
          </>
        }
        after={
          <Button
            size="small"
            kind="link"
            className="push"
            onPress={() => onChoose(types, !hasAll)}
            aria-label={`${hasAll ? 'Choose none of' : 'Select all'} ${all}`}
          >
            {hasAll ? 'Choose none' : 'Select all'}
          </Button>
        }
      >
        {isOpen &&
          groups.map((group) => (
            <TriggerGroupView
              key={group.label}
              group={group}
              chosen={chosen}
              onChoose={onChoose}
              isFiltered={isFiltered}
              beginsOpen={beginsOpen || group.triggers.some(({ type }) => chosen.has(type))}
            />
          ))}
      </Disclosure>
    </div>
  );
}
