import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { Button } from 'react-aria-components/Button';
import { Tree, TreeItem, TreeItemContent, type Key, type TreeItemContentRenderProps } from 'react-aria-components/Tree';
import { useSession } from '../api/session.ts';
import { workspaceQuery, workspacesQuery } from '../api/workspaces.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Icon } from '../ui/icons.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

const SHOWN = 50;

/** The tree below somebody's own workspace, read level by level as it is opened; a search finds any of it. */
export default function WorkspaceTree({
  workspaceId,
  onClose,
}: {
  workspaceId: string;
  onClose: () => void;
}): JSX.Element {
  const [search, setSearch] = useState('');
  const navigate = useNavigate();
  const go = (id: string): void => {
    onClose();
    void navigate({ to: '/w/$workspaceId/webhooks', params: { workspaceId: id } });
  };
  return (
    <div className="stack gap-2">
      <SearchField label="Find a workspace" value={search} onSearch={setSearch} autoFocus />
      {search === '' ? (
        <Branches current={workspaceId} onGo={go} />
      ) : (
        <Found search={search} current={workspaceId} onGo={go} />
      )}
    </div>
  );
}

type ListProps = { readonly current: string; readonly onGo: (id: string) => void };

function Branches({ current, onGo }: ListProps): JSX.Element {
  const session = useSession();
  const top = useQuery(workspaceQuery(session.workspaceId));
  const [expanded, setExpanded] = useState<ReadonlySet<Key>>(() => new Set([session.workspaceId]));
  if (top.isError) return <ErrorPanel error={top.error} onRetry={() => void top.refetch()} />;
  if (!top.data) return <Skeleton lines={5} />;
  return (
    <Tree
      className="tree"
      aria-label="Workspaces"
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={[current]}
      expandedKeys={expanded}
      onExpandedChange={setExpanded}
      onAction={(id) => onGo(String(id))}
    >
      <Branch workspace={top.data} expanded={expanded} />
    </Tree>
  );
}

type Named = { readonly id: string; readonly displayName: string; readonly children?: number };
type BranchProps = { readonly workspace: Named; readonly expanded: ReadonlySet<Key> };

/** Children are read once their parent is opened. */
function Branch({ workspace, expanded }: BranchProps): JSX.Element {
  const isOpen = expanded.has(workspace.id);
  const children = useQuery({ ...workspacesQuery({ parentWorkspaceId: workspace.id, limit: 200 }), enabled: isOpen });
  return (
    <TreeItem
      id={workspace.id}
      textValue={workspace.displayName}
      className="tree-item"
      hasChildItems={(workspace.children ?? children.data?.items.length ?? 1) > 0}
    >
      <TreeItemContent>{(shown) => <BranchLabel workspace={workspace} {...shown} />}</TreeItemContent>
      {isOpen && children.data?.items.map((child) => <Branch key={child.id} workspace={child} expanded={expanded} />)}
    </TreeItem>
  );
}

function BranchLabel({
  workspace,
  hasChildItems,
  isExpanded,
}: { workspace: Named } & TreeItemContentRenderProps): JSX.Element {
  return (
    <div className="tree-label">
      {hasChildItems ? (
        <Button slot="chevron" className="button is-quiet is-small is-icon" aria-label={isExpanded ? 'Close' : 'Open'}>
          <Icon name={isExpanded ? 'chevronDown' : 'chevronRight'} />
        </Button>
      ) : (
        <span className="tree-space" />
      )}
      <span className="truncate">{workspace.displayName}</span>
      <span className="muted small truncate">{workspace.id}</span>
    </div>
  );
}

function Found({ search, current, onGo }: ListProps & { search: string }): JSX.Element {
  const found = useQuery(workspacesQuery({ search, limit: SHOWN }));
  if (found.isError) return <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton lines={5} />;
  if (found.data.items.length === 0)
    return <p className="muted">No workspace in your reach has “{search}” in its name.</p>;
  return (
    <ul className="found" aria-label="Workspaces found">
      {found.data.items.map((workspace) => (
        <li key={workspace.id}>
          <Button
            className="menu-item found-item"
            aria-current={workspace.id === current ? 'true' : undefined}
            onPress={() => onGo(workspace.id)}
          >
            <span className="menu-text">
              {workspace.displayName}
              <span className="muted small">{workspace.id}</span>
            </span>
          </Button>
        </li>
      ))}
      {found.data.nextCursor !== null && <li className="muted small">There are more; type more of the name.</li>}
    </ul>
  );
}
