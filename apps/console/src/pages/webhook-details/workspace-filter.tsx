import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import { workspaceQuery } from '../../api/workspaces.ts';
import { Button, ErrorPanel, Icon, PlainText, SearchField, Skeleton } from '../../ui/index.ts';
import { workspacesWithinQuery } from '../../webhooks/workspaces-within.ts';

type Props = {
  readonly workspaceId: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
};

/** Of the event: the webhook's own workspace or one below it, of which there may be thousands. */
export function WorkspaceFilter({ workspaceId, value, onChange }: Props): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const { data: chosen } = useQuery({
    ...workspaceQuery(value ?? ''),
    enabled: value !== undefined,
    meta: { isAside: true },
  });
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button className={value === undefined ? 'filter' : 'filter is-set'}>
        {value === undefined ? 'Workspace' : `Workspace: ${chosen?.displayName ?? value}`}
        <Icon name="chevronDown" />
      </Button>
      <Popover className="popover" placement="bottom start" offset={4}>
        <Dialog className="popover-body" aria-label="Workspace of the event">
          <Choices
            workspaceId={workspaceId}
            value={value}
            onChange={(next) => {
              setOpen(false);
              onChange(next);
            }}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Choices({ workspaceId, value, onChange }: Props): JSX.Element {
  const [search, setSearch] = useState('');
  const query = useQuery(workspacesWithinQuery(workspaceId, search));
  const own = useQuery(workspaceQuery(workspaceId));
  const items = [...(search === '' && own.data ? [own.data] : []), ...(query.data?.items ?? [])];
  return (
    <div className="stack gap-2">
      <SearchField label="Find a workspace" value={search} onSearch={setSearch} autoFocus />
      {value !== undefined && (
        <Button kind="quiet" size="small" onPress={() => onChange(undefined)}>
          Any workspace
        </Button>
      )}
      {query.isError ? (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Skeleton lines={3} />
      ) : (
        <ListBox
          className="menu workspace-choices"
          aria-label="Workspaces"
          items={items}
          selectionMode="single"
          selectedKeys={value === undefined ? [] : [value]}
          onSelectionChange={(keys) => {
            const [first] = keys;
            onChange(typeof first === 'string' ? first : undefined);
          }}
          renderEmptyState={() => <p className="muted">No workspace matches.</p>}
        >
          {(workspace) => (
            <ListBoxItem id={workspace.id} className="menu-item" textValue={workspace.displayName}>
              <span className="menu-text">
                <Text slot="label">
                  <PlainText text={workspace.displayName} />
                </Text>
                {workspace.displayName !== workspace.id && <Text slot="description">{workspace.id}</Text>}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      )}
    </div>
  );
}
