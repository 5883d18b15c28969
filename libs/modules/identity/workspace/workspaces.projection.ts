import type { Documents, Instant, Projection, Recorded, Sealed } from '../../../platform/kernel/index.ts';
import { closesLoop } from './workspace-tree.ts';
import type { WorkspaceEvent, WorkspaceRegistered, WorkspaceSettings } from './workspace.events.ts';

export type WorkspaceDocument = WorkspaceSettings & {
  readonly workspaceId: string;
  /** null for the root alone. */
  readonly parentWorkspaceId: string | null;
  /** As a location; null, as its secret is, for the moment until it is opened. */
  readonly businessId: number | null;
  /** What the alerts of its webhooks of the location dialect are signed with. */
  readonly secret: Sealed | null;
  /** That of before the newest rotation, which signs beside it before `until`; null if that had no overlap. */
  readonly previousSecret: { readonly secret: Sealed; readonly until: Instant } | null;
  /** Of the stream's newest event: the ETag. */
  readonly revision: number;
};

/**
 * The tree, as every fold in the installation sees it: a move that would close a loop, judged by the documents as they are at the
 * event, leaves the workspace where it is.
 */
export const workspaces: Projection<WorkspaceDocument, WorkspaceEvent> = {
  name: 'workspaces',
  version: 3,
  categories: ['workspace'],
  fields: [
    { field: 'parentWorkspaceId', type: 'text' },
    { field: 'type', type: 'text' },
    { field: 'businessId', type: 'number' },
  ],
  relational: true,
  keys: (event) => [event.data.workspaceId],
  fold: (document, event, _key, documents) => {
    if (event.type === 'WorkspaceRegistered') return document ?? registered(event);
    return document && { ...document, ...changeOf(event, documents), revision: event.revision };
  },
};

function registered({ data, revision }: Recorded<WorkspaceRegistered>): WorkspaceDocument {
  const { location, ...workspace } = data;
  const { businessId = null, secret = null } = location ?? {};
  return { ...workspace, businessId, secret, previousSecret: null, revision };
}

function changeOf(
  event: Recorded<WorkspaceEvent>,
  documents: Documents<WorkspaceDocument>,
): Partial<WorkspaceDocument> {
  switch (event.type) {
    case 'WorkspaceMoved': {
      const { parentWorkspaceId } = event.data;
      return closesLoop(event.data, (id) => documents.get(id)?.parentWorkspaceId) ? {} : { parentWorkspaceId };
    }
    case 'WorkspaceSettingsChanged':
    case 'LocationOpened':
      return event.data;
    case 'WorkspaceSecretRotated': {
      const { secret, previous, previousUntil: until } = event.data;
      const isKept = previous !== undefined && until !== undefined;
      return { secret, previousSecret: isKept ? { secret: previous, until } : null };
    }
    case 'WorkspaceRegistered':
    case 'WorkspaceMoveIgnored':
      return {};
  }
}
