import { useState, type JSX } from 'react';
import type { TriggerView } from '../../api/types.ts';
import { Button, Dialog, PlainText, SearchField } from '../../ui/index.ts';

type Props = {
  /** Those that are not among the release yet. */
  readonly catalog: readonly TriggerView[];
  readonly onClose: () => void;
  readonly onAdd: (trigger: TriggerView) => void;
};

/** Adds one trigger of the catalog, with the shape it has now. */
export function AddTrigger({ catalog, onClose, onAdd }: Props): JSX.Element {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = catalog.filter(({ type, label }) => `${type} ${label}`.toLowerCase().includes(wanted));
  return (
    <Dialog isOpen onClose={onClose} title="Add a trigger">
      <SearchField label="Filter triggers" value={search} onSearch={setSearch} autoFocus className="trigger-filter" />
      {found.length === 0 ? (
        <p className="muted">
          {catalog.length === 0 ? 'Every trigger of the catalog is in the release.' : 'No trigger matches.'}
        </p>
      ) : (
        <ul className="trigger-choices" aria-label="Triggers">
          {found.map((trigger) => (
            <li key={trigger.type}>
              <Button kind="quiet" onPress={() => onAdd(trigger)}>
                <span>
                  <PlainText text={trigger.label} />
                </span>
                <code className="small muted">{trigger.type}</code>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
