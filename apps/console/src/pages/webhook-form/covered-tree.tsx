import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { Button } from 'react-aria-components/Button';
import { Tree, TreeItem, TreeItemContent, type Key } from 'react-aria-components/Tree';
import { workspaceQuery } from '../../api/workspaces.ts';
import { ErrorPanel, Icon, PlainText, Skeleton } from '../../ui/index.ts';
import { number } from '../../words/numbers.ts';
import { childrenQuery } from './form-queries.ts';

/** What stands below a workspace, read level by level as it is opened. */
export default function CoveredTree({ workspaceId }: { workspaceId: string }): JSX.Element {
  const top = useQuery({ ...workspaceQuery(workspaceId), meta: { isAside: true } });
  const [expanded, setExpanded] = useState<ReadonlySet<Key>>(() => new Set([workspaceId]));
  if (top.isError) return <ErrorPanel error={top.error} onRetry={() => void top.refetch()} />;
  if (!top.data) return <Skeleton lines={3} />;
  return (
    <Tree
      className="tree"
      aria-label="Workspaces that are covered"
      expandedKeys={expanded}
      onExpandedChange={setExpanded}
    >
      <Branch workspace={top.data} expanded={expanded} />
    </Tree>
  );
}

type Named = { readonly id: string; readonly displayName: string; readonly children?: number };
type BranchProps = { readonly workspace: Named; readonly expanded: ReadonlySet<Key> };

function Branch({ workspace, expanded }: BranchProps): JSX.Element {
  const isOpen = expanded.has(workspace.id);
  const { data } = useQuery({ ...childrenQuery(workspace.id), enabled: isOpen });
  const below = workspace.children ?? data?.total ?? data?.items.length ?? 1;
  return (
    <TreeItem id={workspace.id} textValue={workspace.displayName} className="tree-item" hasChildItems={below > 0}>
      <TreeItemContent>
        {({ hasChildItems, isExpanded }) => (
          <div className="tree-label">
            {hasChildItems ? (
              <Button
                slot="chevron"
                className="button is-quiet is-small is-icon"
                aria-label={isExpanded ? 'Close' : 'Open'}
              >
                <Icon name={isExpanded ? 'chevronDown' : 'chevronRight'} />
              </Button>
            ) : (
              <span className="tree-space" />
            )}
            <span className="truncate">
              <PlainText text={workspace.displayName} />
              {below > 0 && ` (${number(below)})`}
            </span>
            <span className="muted small truncate">{workspace.id}</span>
          </div>
        )}
      </TreeItemContent>
      {isOpen && data?.items.map((child) => <Branch key={child.id} workspace={child} expanded={expanded} />)}
      {isOpen && data && data.nextCursor !== null && (
        <TreeItem id={`${workspace.id} more`} textValue="More" className="tree-item">
          <TreeItemContent>
            <div className="tree-label muted">
              <span className="tree-space" />
              and {number(data.total - data.items.length)} more
            </div>
          </TreeItemContent>
        </TreeItem>
      )}
    </TreeItem>
  );
}
