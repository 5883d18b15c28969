import type { Saga } from '../../../platform/kernel/index.ts';
import { RecordIgnoredMove } from '../workspace/workspace.commands.ts';
import type { WorkspaceEvent } from '../workspace/workspace.events.ts';
import { places, type PlaceDocument } from './places.projection.ts';

const { name, categories } = places;

/** Says on the workspace's own stream that a move was left out, so that the stream and the audit trail agree with the tree. */
export const reportIgnoredMoves: Saga<WorkspaceEvent, PlaceDocument> = {
  name,
  categories,
  documents: places,
  react: (event, documents) => {
    if (event.type !== 'WorkspaceMoved') return [];
    const { workspaceId, parentWorkspaceId } = event.data;
    const document = documents.get(workspaceId);
    if (!document || document.parentWorkspaceId === parentWorkspaceId) return [];
    const { at, traceId } = event.metadata;
    return [
      new RecordIgnoredMove(
        { workspaceId, movedRevision: event.revision },
        { at, traceId, actor: `saga:${name}`, idempotencyKey: event.id },
      ),
    ];
  },
};
