import { z } from 'zod';
import type { Instant } from '../../../platform/kernel/index.ts';
import { businessIdSchema } from './workspace.commands.ts';
import { parentOfWorkspace, type Workspace } from './workspace.decider.ts';
import type { WorkspaceDocument } from './workspaces.projection.ts';

export const workspaceView = z.object({
  id: z.string(),
  businessId: businessIdSchema
    .nullable()
    .describe('What the location webhook API knows it by; null for the moment until it is issued'),
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
  businessId: 12345,
  parentWorkspaceId: 'root',
  type: 'child',
  companyName: 'company1',
  displayName: 'company1',
  domain: 'company1.example',
  adminEmails: 'admin@company1.example',
  notificationLevel: 'parent',
};

/** The workspace as a command left it. */
export function viewAfter(state: Workspace): WorkspaceView {
  if (!state) throw new Error('A command that succeeds leaves a workspace behind.');
  return viewOfDocument({ ...state, ...state.settings, parentWorkspaceId: parentOfWorkspace(state) });
}

export const viewOfDocument = (
  document: Omit<WorkspaceDocument, 'secret' | 'previousSecret' | 'revision'>,
): WorkspaceView => ({
  id: document.workspaceId,
  businessId: document.businessId,
  parentWorkspaceId: document.parentWorkspaceId,
  type: document.type,
  companyName: document.companyName,
  displayName: document.displayName,
  domain: document.domain,
  adminEmails: document.adminEmails,
  notificationLevel: document.notificationLevel,
});

export const workspaceSecretView = z.object({
  workspaceId: z.string(),
  businessId: businessIdSchema,
  secret: z.string().describe('Signs the alerts of all webhooks made in the location webhook API'),
  previousUntil: z.iso
    .datetime()
    .nullable()
    .describe('Until when the secret it replaced still signs, too; null when none does'),
});
export type WorkspaceSecretView = z.infer<typeof workspaceSecretView>;

export const workspaceSecretExample: WorkspaceSecretView = {
  workspaceId: 'workspace123',
  businessId: 12345,
  secret: 'sd8Xk2v-9dQpT4yZbLr1mN0aHc3eWfUjG5iKxO7tVqA',
  previousUntil: null,
};

/** As views tell the end of an overlap; null once it is over. */
export const previousUntil = (previous: WorkspaceDocument['previousSecret'], now: Instant): string | null =>
  previous && now < previous.until ? new Date(previous.until).toISOString() : null;
