import { z } from 'zod';
import { parentOfWorkspace, type Workspace } from './workspace.decider.ts';
import type { WorkspaceSettings } from './workspace.events.ts';
import type { WorkspaceDocument } from './workspaces.projection.ts';

export const workspaceView = z.object({
  id: z.string(),
  parentWorkspaceId: z.string().nullable().describe('null for the root alone'),
  type: z.enum(['regular', 'channel', 'child']),
  companyName: z.string(),
  displayName: z.string(),
  domain: z.string(),
  adminEmails: z.string().describe('Separated by commas; may be empty'),
  notificationLevel: z.enum(['none', 'parent', 'all']),
});
export type WorkspaceView = z.infer<typeof workspaceView>;

export const workspaceExample: WorkspaceView = {
  id: 'workspace123',
  parentWorkspaceId: 'root',
  type: 'child',
  companyName: 'company1',
  displayName: 'company1',
  domain: 'company1.example',
  adminEmails: 'admin@company1.example',
  notificationLevel: 'parent',
};

const viewOfWorkspace = (id: string, parentWorkspaceId: string | null, settings: WorkspaceSettings): WorkspaceView => ({
  id,
  parentWorkspaceId,
  type: settings.type,
  companyName: settings.companyName,
  displayName: settings.displayName,
  domain: settings.domain,
  adminEmails: settings.adminEmails,
  notificationLevel: settings.notificationLevel,
});

/** The workspace as a command left it. */
export function viewAfter(state: Workspace): WorkspaceView {
  if (!state) throw new Error('A command that succeeds leaves a workspace behind.');
  return viewOfWorkspace(state.workspaceId, parentOfWorkspace(state), state.settings);
}

export const viewOfDocument = (document: WorkspaceDocument): WorkspaceView =>
  viewOfWorkspace(document.workspaceId, document.parentWorkspaceId, document);
