import type { WorkspaceDocument } from './workspaces.projection.ts';

/** The tree as it is now, from memory. */
export interface WorkspaceDirectory {
  /** `undefined` for a workspace that is not registered. */
  get(workspaceId: string): WorkspaceDocument | undefined;
  /** The location of this BusinessId. */
  withBusinessId(businessId: number): WorkspaceDocument | undefined;
  /** @throws {Error} before the root workspace is registered, which the bootstrap does. */
  rootId(): string;
  /** Whether a workspace is the other one or stands below it. */
  isWithin(workspaceId: string, ancestorId: string): boolean;
  /** A workspace and all its descendants. */
  subtree(workspaceId: string): string[];
  /** Resolves once every change that is durable at this moment is known here. */
  caughtUp(): Promise<void>;
}

export const WORKSPACE_DIRECTORY = Symbol('WorkspaceDirectory');
