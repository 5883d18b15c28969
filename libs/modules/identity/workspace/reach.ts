import type { WorkspaceDirectory } from './workspace-directory.ts';

export type Reach = {
  /** True for the workspace itself and every descendant. */
  readonly reaches: (workspaceId: string) => boolean;
  readonly reach: () => 'everything' | readonly string[];
};

/** How far whoever belongs to this workspace reaches, as the tree is at each call. */
export function reachFrom(
  directory: Pick<WorkspaceDirectory, 'get' | 'isWithin' | 'subtree'>,
  workspaceId: string,
): Reach {
  const isRoot = directory.get(workspaceId)?.parentWorkspaceId === null;
  return {
    reaches: (id) => directory.get(id) !== undefined && (isRoot || directory.isWithin(id, workspaceId)),
    reach: () => (isRoot ? 'everything' : directory.subtree(workspaceId)),
  };
}
