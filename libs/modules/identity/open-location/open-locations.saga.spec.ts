import { describe, expect, it } from '@jest/globals';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import { reacting } from '../../../platform/kernel/testing/saga-spec.ts';
import type { WorkspaceEvent } from '../workspace/workspace.events.ts';
import { openLocations } from './open-locations.saga.ts';

const workspaceId = 'a';
const location = { businessId: 7, secret: 'sealed' };
const registered = (changes: object = {}): WorkspaceEvent => ({
  type: 'WorkspaceRegistered',
  data: {
    workspaceId,
    parentWorkspaceId: 'root',
    type: 'regular',
    companyName: 'Company',
    displayName: 'Company',
    domain: '',
    adminEmails: '',
    notificationLevel: 'all',
    ...changes,
  },
});
const recordedAs = (event: WorkspaceEvent) => {
  const [recorded] = record([event], () => `workspace-${workspaceId}`);
  if (!recorded) throw new Error('One event is recorded as one.');
  return recorded;
};
const after = (event: WorkspaceEvent) => reacting(openLocations).when(recordedAs(event));

describe('a workspace', () => {
  it('that is registered as no location is to become one', () => {
    after(registered()).then([{ type: 'IssueLocation', data: { workspaceId } }]);
  });

  it('becomes one in the trace of its registration', () => {
    const event = recordedAs(registered());
    const [command] = openLocations.react(event, { get: () => undefined, where: () => [] });
    expect(command?.metadata).toEqual({ ...event.metadata, actor: 'saga:open-locations' });
  });

  it('that is registered as a location is left alone', () => {
    after(registered({ location })).thenNothing();
  });

  it('is opened once, whatever else happens to it', () => {
    after({ type: 'LocationOpened', data: { workspaceId, ...location } }).thenNothing();
    after({ type: 'WorkspaceSecretRotated', data: { workspaceId, secret: 'sealed' } }).thenNothing();
    after({ type: 'WorkspaceMoved', data: { workspaceId, parentWorkspaceId: 'b' } }).thenNothing();
  });
});
