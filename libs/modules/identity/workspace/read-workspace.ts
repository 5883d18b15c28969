import type { EventStore } from '../../../platform/event-store/index.ts';
import { workspace, type Workspace } from './workspace.decider.ts';
import type { WorkspaceEvent } from './workspace.events.ts';

/** A workspace as of its newest event, which the documents may not have yet; undefined for one that is not registered. */
export async function readWorkspace(store: Pick<EventStore, 'readStream'>, workspaceId: string): Promise<Workspace> {
  const history = (await store.readStream(`${workspace.category}-${workspaceId}`)) as unknown as WorkspaceEvent[];
  return history.reduce<Workspace>(workspace.evolve, workspace.initialState());
}
