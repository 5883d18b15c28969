import type { DomainEvent } from '../../../platform/kernel/index.ts';

export type WorkspaceType = 'regular' | 'channel' | 'child';
export type NotificationLevel = 'none' | 'parent' | 'all';

export type WorkspaceSettings = {
  readonly type: WorkspaceType;
  readonly companyName: string;
  readonly displayName: string;
  readonly domain: string;
  /** Addresses separated by commas; may be empty. */
  readonly adminEmails: string;
  readonly notificationLevel: NotificationLevel;
};

export type WorkspaceRegistered = DomainEvent<
  'WorkspaceRegistered',
  /** `parentWorkspaceId` is null for the root alone. */
  WorkspaceSettings & { workspaceId: string; parentWorkspaceId: string | null }
>;
export type WorkspaceMoved = DomainEvent<'WorkspaceMoved', { workspaceId: string; parentWorkspaceId: string }>;
export type WorkspaceSettingsChanged = DomainEvent<
  'WorkspaceSettingsChanged',
  WorkspaceSettings & { workspaceId: string }
>;

/** The move at `movedRevision`, to this parent, would have closed a loop, so every fold of the tree left it out. */
export type WorkspaceMoveIgnored = DomainEvent<
  'WorkspaceMoveIgnored',
  { workspaceId: string; parentWorkspaceId: string; movedRevision: number }
>;

export type WorkspaceEvent = WorkspaceRegistered | WorkspaceMoved | WorkspaceSettingsChanged | WorkspaceMoveIgnored;
