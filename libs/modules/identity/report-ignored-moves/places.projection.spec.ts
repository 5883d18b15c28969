import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import type { WorkspaceEvent } from '../workspace/workspace.events.ts';
import { workspaces } from '../workspace/workspaces.projection.ts';
import { places } from './places.projection.ts';

const ids = ['a', 'b', 'c', 'd'];
const location = { businessId: 7, secret: 'sealed' };
const registered = (workspaceId: string, parentWorkspaceId: string | null): WorkspaceEvent => ({
  type: 'WorkspaceRegistered',
  data: {
    ...{ workspaceId, parentWorkspaceId, type: 'regular', companyName: 'Company', displayName: 'Company' },
    ...{ domain: '', adminEmails: '', notificationLevel: 'all', location },
  },
});
const others: WorkspaceEvent[] = [
  { type: 'LocationOpened', data: { workspaceId: 'a', ...location } },
  { type: 'WorkspaceSecretRotated', data: { workspaceId: 'a', secret: 'sealed' } },
  { type: 'WorkspaceMoveIgnored', data: { workspaceId: 'a', parentWorkspaceId: 'b', movedRevision: 1 } },
  registered('a', 'b'),
];
const move = fc
  .tuple(fc.constantFrom(...ids), fc.constantFrom('root', ...ids))
  .map(([workspaceId, parentWorkspaceId]): WorkspaceEvent => ({
    type: 'WorkspaceMoved',
    data: { workspaceId, parentWorkspaceId },
  }));

describe('the place of a workspace, whatever happened', () => {
  it('is the one it has in the tree, and all that is known of it', () => {
    const family = [registered('root', null), ...ids.map((id, n) => registered(id, ids[n - 1] ?? 'root'))];
    const history = fc.array(fc.oneof({ weight: 4, arbitrary: move }, fc.constantFrom(...others)), { maxLength: 20 });
    fc.assert(
      fc.property(history, (happened) => {
        const events = record([...family, ...happened], (event) => `workspace-${event.data.workspaceId}`);
        const tree = Object.entries(projecting(workspaces, events).documents);
        expect(projecting(places, events).documents).toEqual(
          Object.fromEntries(
            tree.map(([workspaceId, { parentWorkspaceId }]) => [workspaceId, { workspaceId, parentWorkspaceId }]),
          ),
        );
      }),
    );
  });
});
