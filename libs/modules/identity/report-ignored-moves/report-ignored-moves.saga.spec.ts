import { describe, it } from '@jest/globals';
import type { Recorded } from '../../../platform/kernel/index.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import { reacting } from '../../../platform/kernel/testing/saga-spec.ts';
import type { WorkspaceEvent } from '../workspace/workspace.events.ts';
import { reportIgnoredMoves } from './report-ignored-moves.saga.ts';

const registered = (workspaceId: string, parentWorkspaceId: string | null): WorkspaceEvent => ({
  type: 'WorkspaceRegistered',
  data: {
    workspaceId,
    parentWorkspaceId,
    type: 'regular',
    companyName: 'Company',
    displayName: 'Company',
    domain: '',
    adminEmails: '',
    notificationLevel: 'all',
  },
});
const moved = (workspaceId: string, parentWorkspaceId: string): WorkspaceEvent => ({
  type: 'WorkspaceMoved',
  data: { workspaceId, parentWorkspaceId },
});

const afterHistory = (...events: WorkspaceEvent[]) => {
  const history = record(
    [registered('root', null), registered('a', 'root'), registered('b', 'a'), ...events],
    (event) => `workspace-${event.data.workspaceId}`,
  );
  return reacting(reportIgnoredMoves)
    .given(history.slice(0, -1))
    .when(history.at(-1) as Recorded<WorkspaceEvent>);
};

describe('a move that would close a loop', () => {
  it('is reported by the revision it was made at', () => {
    afterHistory(moved('a', 'b')).then([{ type: 'RecordIgnoredMove', data: { workspaceId: 'a', movedRevision: 1 } }]);
  });

  it('is counted among all that happened to the workspace', () => {
    const opened: WorkspaceEvent = {
      type: 'LocationOpened',
      data: { workspaceId: 'a', businessId: 7, secret: 'sealed' },
    };
    afterHistory(opened, moved('a', 'b')).then([
      { type: 'RecordIgnoredMove', data: { workspaceId: 'a', movedRevision: 2 } },
    ]);
  });

  it('is judged by the tree as it was at that move', () => {
    afterHistory(moved('b', 'root'), moved('a', 'b')).thenNothing();
    afterHistory(moved('b', 'root'), moved('a', 'b'), moved('b', 'a')).then([
      { type: 'RecordIgnoredMove', data: { workspaceId: 'b', movedRevision: 2 } },
    ]);
  });
});

describe('anything else', () => {
  it('is not reported', () => {
    afterHistory(moved('b', 'root')).thenNothing();
    afterHistory(registered('c', 'b')).thenNothing();
  });
});
