import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { workspacesQuery } from '../../api/workspaces.ts';
import { FieldLabel, FieldNotes } from '../../ui/field.tsx';
import { Icon, PlainText } from '../../ui/index.ts';

const SHOWN = 20;

type Props = {
  /** Undefined while none is chosen. */
  readonly value: string | undefined;
  readonly onChange: (workspaceId: string | undefined) => void;
  readonly error: string | undefined;
};

/** One of all workspaces, found by its name or given by its id: there may be thousands. */
export function WorkspaceField({ value, onChange, error }: Props): JSX.Element {
  const [typed, setTyped] = useState(value ?? '');
  const search = typed === value ? '' : typed.trim();
  const { data } = useQuery(workspacesQuery({ limit: SHOWN, ...(search === '' ? {} : { search }) }));
  return (
    <ComboBox
      className="field"
      items={data?.items ?? []}
      inputValue={typed}
      onInputChange={(text) => {
        setTyped(text);
        onChange(text.trim() || undefined);
      }}
      selectedKey={value ?? null}
      onSelectionChange={(key) => {
        if (key === null) return;
        setTyped(String(key));
        onChange(String(key));
      }}
      menuTrigger="focus"
      allowsCustomValue
      allowsEmptyCollection
      isRequired
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <FieldLabel label="Workspace" isRequired />
      <div className="input-group">
        <Input className="input" spellCheck="false" autoComplete="off" />
        <Button className="button is-quiet is-small is-icon">
          <Icon name="chevronDown" />
        </Button>
      </div>
      <FieldNotes description="They reach it and all workspaces below it." error={error} />
      <Popover className="popover">
        <ListBox className="menu" renderEmptyState={() => <p className="muted small">No workspace has this name.</p>}>
          {(workspace: { id: string; displayName: string }) => (
            <ListBoxItem id={workspace.id} className="menu-item" textValue={workspace.id}>
              <span className="menu-text">
                <span>
                  <PlainText text={workspace.displayName || workspace.id} />
                </span>
                <span className="menu-note">{workspace.id}</span>
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
