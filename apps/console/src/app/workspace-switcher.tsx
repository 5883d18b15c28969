import { lazy, Suspense, type JSX } from 'react';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';
import { Popover } from '../ui/popover.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

const WorkspaceTree = lazy(() => import('./workspace-tree.tsx'));

type Props = {
  readonly workspaceId: string;
  readonly name: string | undefined;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
};

/** The workspace that is shown, and the way to the others in reach. */
export function WorkspaceSwitcher({ workspaceId, name, isOpen, onOpenChange }: Props): JSX.Element {
  return (
    <Popover
      label="Switch workspace"
      className="switcher-body"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      trigger={
        <Button kind="quiet" className="switcher" aria-label={`Workspace ${name ?? workspaceId}, switch`}>
          <span className="truncate strong">{name ?? workspaceId}</span>
          <Icon name="chevronDown" />
        </Button>
      }
    >
      <Suspense fallback={<Skeleton lines={5} />}>
        <WorkspaceTree workspaceId={workspaceId} onClose={() => onOpenChange(false)} />
      </Suspense>
    </Popover>
  );
}
