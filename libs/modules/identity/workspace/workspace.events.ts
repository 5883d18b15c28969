import type { DomainEvent, Instant, Sealed } from '../../../platform/kernel/index.ts';

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

/** What makes a workspace a location: the integer it is known by, claimed before, and the secret its alerts are signed with. */
export type Location = { readonly businessId: number; readonly secret: Sealed };

export type WorkspaceRegistered = DomainEvent<
  'WorkspaceRegistered',
  /** `parentWorkspaceId` is null for the root alone. Without a `location` one is opened later. */
  WorkspaceSettings & { workspaceId: string; parentWorkspaceId: string | null; location?: Location }
>;
/** Of a workspace that was registered without: by an event, or before there were locations. */
export type LocationOpened = DomainEvent<'LocationOpened', Location & { workspaceId: string }>;
/** Without `previous`, or from `previousUntil` on, the new secret alone signs. An overlap that is not over ends here. */
export type WorkspaceSecretRotated = DomainEvent<
  'WorkspaceSecretRotated',
  { workspaceId: string; secret: Sealed; previous?: Sealed; previousUntil?: Instant }
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

export type WorkspaceEvent =
  | WorkspaceRegistered
  | WorkspaceMoved
  | WorkspaceSettingsChanged
  | WorkspaceMoveIgnored
  | LocationOpened
  | WorkspaceSecretRotated;
