export type * from './api-client/api-client.events.ts';
export { beyond, SCOPES, scopeSchema, widened, type Scope } from './scopes.ts';
export type * from './signing-key/signing-key.events.ts';
export { reachFrom, type Reach } from './workspace/reach.ts';
export { WORKSPACE_DIRECTORY, type WorkspaceDirectory } from './workspace/workspace-directory.ts';
export { ancestorsOf, closesLoop, isWithin, type ParentOf } from './workspace/workspace-tree.ts';
export { workspaceSecretContext } from './workspace/sealing-contexts.ts';
export {
  businessIdSchema,
  IssueLocation,
  RegisterWorkspace,
  workspaceIdSchema,
  workspaceSettingsSchema,
} from './workspace/workspace.commands.ts';
export type * from './workspace/workspace.events.ts';
export { workspaces, type WorkspaceDocument } from './workspace/workspaces.projection.ts';
