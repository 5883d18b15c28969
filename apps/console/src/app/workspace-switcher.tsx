import { lazy, Suspense, type JSX } from 'react';
import { DialogTrigger, Dialog } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';
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
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      <Button kind="quiet" className="switcher" aria-label={`Workspace ${name ?? workspaceId}, switch`}>
        <span className="truncate strong">{name ?? workspaceId}</span>
        <Icon name="chevronDown" />
      </Button>
      <Popover className="popover" placement="bottom start" offset={6}>
        <Dialog className="popover-body switcher-body" aria-label="Switch workspace">
          <Suspense fallback={<Skeleton lines={5} />}>
            <WorkspaceTree workspaceId={workspaceId} onClose={() => onOpenChange(false)} />
          </Suspense>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
