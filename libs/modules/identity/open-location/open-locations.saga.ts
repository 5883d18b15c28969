import type { Saga } from '../../../platform/kernel/index.ts';
import { IssueLocation } from '../workspace/workspace.commands.ts';
import type { WorkspaceEvent } from '../workspace/workspace.events.ts';

const name = 'open-locations';

/** Makes a location of each workspace that was registered without being one: the root, by an event, or before there were any. */
export const openLocations: Saga<WorkspaceEvent> = {
  name,
  categories: ['workspace'],
  parallel: true,
  react: (event) => {
    if (event.type !== 'WorkspaceRegistered' || event.data.location) return [];
    const { workspaceId } = event.data;
    const { at, traceId } = event.metadata;
    return [new IssueLocation({ workspaceId }, { at, traceId, actor: `saga:${name}` })];
  },
};
