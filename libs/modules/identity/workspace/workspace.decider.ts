import { conflict, notFound, type Decider, type Sealed } from '../../../platform/kernel/index.ts';
import type { RotateWorkspaceSecret, WorkspaceCommand } from './workspace.commands.ts';
import type { WorkspaceEvent, WorkspaceSecretRotated, WorkspaceSettings } from './workspace.events.ts';

type Registered = {
  /** Of the newest event folded in. */
  readonly revision: number;
  readonly workspaceId: string;
  readonly settings: WorkspaceSettings;
  /** Where it was put, oldest first, without the moves that were ignored. It stands where the last one put it. */
  readonly places: readonly { readonly revision: number; readonly parentWorkspaceId: string | null }[];
  /** As a location; null until it is opened. */
  readonly businessId: number | null;
  /** Null, as its BusinessId is, until it is opened. */
  readonly secret: Sealed | null;
};
export type Workspace = Registered | undefined;

export const parentOfWorkspace = (workspace: Registered): string | null =>
  workspace.places.at(-1)?.parentWorkspaceId ?? null;

const settingsOf = (from: WorkspaceSettings): WorkspaceSettings => ({
  type: from.type,
  companyName: from.companyName,
  displayName: from.displayName || from.companyName,
  domain: from.domain,
  adminEmails: from.adminEmails,
  notificationLevel: from.notificationLevel,
});

const fieldsOf = (settings: WorkspaceSettings): string => JSON.stringify(Object.entries(settings));

function evolve(state: Workspace, event: WorkspaceEvent): Workspace {
  if (event.type === 'WorkspaceRegistered') {
    const { workspaceId, parentWorkspaceId, location } = event.data;
    return {
      revision: 0,
      workspaceId,
      settings: settingsOf(event.data),
      places: [{ revision: 0, parentWorkspaceId }],
      businessId: location?.businessId ?? null,
      secret: location?.secret ?? null,
    };
  }
  if (!state) return undefined;
  const revision = state.revision + 1;
  switch (event.type) {
    case 'WorkspaceSettingsChanged':
      return { ...state, revision, settings: settingsOf(event.data) };
    case 'WorkspaceMoved': {
      const { parentWorkspaceId } = event.data;
      return { ...state, revision, places: [...state.places, { revision, parentWorkspaceId }] };
    }
    case 'WorkspaceMoveIgnored': {
      const { movedRevision } = event.data;
      return { ...state, revision, places: state.places.filter((place) => place.revision !== movedRevision) };
    }
    case 'LocationOpened':
      return { ...state, revision, businessId: event.data.businessId, secret: event.data.secret };
    case 'WorkspaceSecretRotated':
      return { ...state, revision, secret: event.data.secret };
  }
}

function decide(command: WorkspaceCommand, state: Workspace): readonly WorkspaceEvent[] {
  const { workspaceId } = command.data;
  if (command.type === 'RegisterWorkspace') {
    const { parentWorkspaceId, location } = command.data;
    if (state) return [];
    if (parentWorkspaceId === workspaceId) throw conflict('A workspace cannot be its own parent.');
    const data = { workspaceId, parentWorkspaceId, ...settingsOf(command.data), ...(location ? { location } : {}) };
    return [{ type: 'WorkspaceRegistered', data }];
  }
  if (!state) throw notFound('The workspace');
  switch (command.type) {
    case 'ChangeWorkspaceSettings': {
      const settings = settingsOf(command.data);
      if (fieldsOf(settings) === fieldsOf(state.settings)) return [];
      return [{ type: 'WorkspaceSettingsChanged', data: { workspaceId, ...settings } }];
    }
    case 'MoveWorkspace': {
      const { from, to } = command.data;
      const parent = parentOfWorkspace(state);
      if (parent === null) throw conflict('The root workspace cannot be moved.');
      if (to === workspaceId) throw conflict('A workspace cannot be moved under itself.');
      if (parent !== from) throw conflict('It has been moved by someone else meanwhile; read it again.');
      return to === parent ? [] : [{ type: 'WorkspaceMoved', data: { workspaceId, parentWorkspaceId: to } }];
    }
    case 'RecordIgnoredMove': {
      const { movedRevision } = command.data;
      const place = state.places.find(({ revision }) => revision === movedRevision);
      if (!place?.parentWorkspaceId) return [];
      const data = { workspaceId, parentWorkspaceId: place.parentWorkspaceId, movedRevision };
      return [{ type: 'WorkspaceMoveIgnored', data }];
    }
    case 'OpenLocation':
      return state.businessId === null ? [{ type: 'LocationOpened', data: command.data }] : [];
    case 'RotateWorkspaceSecret':
      return [rotated(command, state.secret)];
  }
}

function rotated({ data, metadata }: RotateWorkspaceSecret, previous: Sealed | null): WorkspaceSecretRotated {
  if (previous === null) throw conflict('The workspace is not open as a location yet.');
  const { workspaceId, secret, overlapSeconds = 0 } = data;
  const overlap = { previous, previousUntil: metadata.at + overlapSeconds * 1_000 };
  return { type: 'WorkspaceSecretRotated', data: { workspaceId, secret, ...(overlapSeconds > 0 ? overlap : {}) } };
}

export const workspace: Decider<Workspace, WorkspaceCommand, WorkspaceEvent> = {
  category: 'workspace',
  initialState: () => undefined,
  evolve,
  decide,
};
