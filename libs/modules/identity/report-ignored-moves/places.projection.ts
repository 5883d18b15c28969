import type { Projection } from '../../../platform/kernel/index.ts';
import { closesLoop } from '../workspace/workspace-tree.ts';
import type { WorkspaceEvent } from '../workspace/workspace.events.ts';

export type PlaceDocument = {
  readonly workspaceId: string;
  /** null for the root alone. */
  readonly parentWorkspaceId: string | null;
};

/** Where each workspace stands, and nothing else of it: a new version sends the saga through all history again. */
export const places: Projection<PlaceDocument, WorkspaceEvent> = {
  name: 'report-ignored-moves',
  /** Those before were of whole workspaces. */
  version: 3,
  categories: ['workspace'],
  fields: [],
  relational: true,
  keys: ({ type, data }) => (type === 'WorkspaceRegistered' || type === 'WorkspaceMoved' ? [data.workspaceId] : []),
  fold: (document, event, _key, documents) => {
    if (event.type === 'WorkspaceRegistered') {
      const { workspaceId, parentWorkspaceId } = event.data;
      return document ?? { workspaceId, parentWorkspaceId };
    }
    if (!document || event.type !== 'WorkspaceMoved') return undefined;
    if (closesLoop(event.data, (id) => documents.get(id)?.parentWorkspaceId)) return undefined;
    return { ...document, parentWorkspaceId: event.data.parentWorkspaceId };
  },
};
