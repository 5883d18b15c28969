/** The parent of a workspace: null for the root, undefined for one that is not registered. */
export type ParentOf = (workspaceId: string) => string | null | undefined;

/** The ancestors of a workspace, nearest first and without itself. Terminates on any graph, loops included. */
export function ancestorsOf(workspaceId: string, parentOf: ParentOf): string[] {
  const visited = new Set([workspaceId]);
  for (let parent = parentOf(workspaceId); parent && !visited.has(parent); parent = parentOf(parent)) {
    visited.add(parent);
  }
  return [...visited].slice(1);
}

/** Whether a workspace is the other one or stands below it. */
export function isWithin(workspaceId: string, ancestorId: string, parentOf: ParentOf): boolean {
  return workspaceId === ancestorId || ancestorsOf(workspaceId, parentOf).includes(ancestorId);
}

/** Whether a move would put a workspace below itself. Every fold of the tree leaves such a move out. */
export const closesLoop = (
  { workspaceId, parentWorkspaceId }: { readonly workspaceId: string; readonly parentWorkspaceId: string },
  parentOf: ParentOf,
): boolean => isWithin(parentWorkspaceId, workspaceId, parentOf);

/** A workspace and everything below it, nearest first. */
export function subtreeOf(workspaceId: string, childrenOf: (workspaceId: string) => readonly string[]): string[] {
  const visited = new Set([workspaceId]);
  for (const id of visited) for (const child of childrenOf(id)) visited.add(child);
  return [...visited];
}
