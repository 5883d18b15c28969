import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import { Claims } from '../../../platform/claims/index.ts';
import { EVENT_STORE, type EventStore } from '../../../platform/event-store/index.ts';
import { derivedInteger } from '../../../platform/kernel/index.ts';
import { SEALING_KEY, type SealingKey } from '../../../platform/sealing/index.ts';
import { WORKSPACE_DIRECTORY, workspaceSecretContext, type WorkspaceDirectory } from '../contract.ts';
import { runIdentity } from '../testing/running-identity.ts';
import { IssueLocation, RegisterWorkspace } from '../workspace/workspace.commands.ts';

let identity: Awaited<ReturnType<typeof runIdentity>>;
beforeAll(async () => void (identity = await runIdentity()));
afterAll(() => identity.stop());

const give = <T>(command: object) => identity.app.get(CommandBus).execute<object, T>(command);
const register = (workspaceId: string, changes: object = {}) =>
  give(
    new RegisterWorkspace(
      {
        ...{ workspaceId, parentWorkspaceId: 'root', type: 'regular', companyName: workspaceId },
        ...{ displayName: '', domain: '', adminEmails: '', notificationLevel: 'all', ...changes },
      },
      identity.metadata(),
    ),
  );
const issue = (workspaceId: string) => give<number>(new IssueLocation({ workspaceId }, identity.metadata()));
const eventsOf = async (stream: string) => {
  const events = await identity.app.get<EventStore>(EVENT_STORE).readStream(stream);
  return events.map(({ type }) => type);
};
const firstChoice = (workspaceId: string) => derivedInteger('businessId', workspaceId, 0);
const claimsOf = (businessId: number) => eventsOf(`claim-businessId.${businessId}`);
const directory = () => identity.app.get<WorkspaceDirectory>(WORKSPACE_DIRECTORY);

describe('the location of a workspace', () => {
  it('is opened for a workspace that was registered without, with a secret that opens for it alone', async () => {
    await register('by-event');
    await identity.settled();
    const document = directory().get('by-event');
    expect(document?.businessId).toBe(firstChoice('by-event'));
    expect(directory().withBusinessId(firstChoice('by-event'))).toBe(document);
    const sealing = identity.app.get<SealingKey>(SEALING_KEY);
    const opened = (workspaceId: string) => sealing.open(document?.secret ?? '', workspaceSecretContext(workspaceId));
    expect(opened('by-event')).toMatch(/^[\w-]{43}$/);
    expect(() => opened('root')).toThrow();
  });

  it('is one, though several ask for it at once and the saga does, too', async () => {
    // All read the workspace before any appends. They claim the same number for the same owner, which each may; then the stream takes the
    // location of the first, and whoever comes later decides again on that.
    await register('asked-often');
    const answers = await Promise.all([1, 2, 3].map(() => issue('asked-often')));
    await identity.settled();
    expect(new Set(answers)).toEqual(new Set([directory().get('asked-often')?.businessId]));
    expect(await eventsOf('workspace-asked-often')).toEqual(['WorkspaceRegistered', 'LocationOpened']);
    expect(await claimsOf(firstChoice('asked-often'))).toEqual(['Claimed']);
  });

  it('is the same when it is asked for again after a crash between the claim and the opening', async () => {
    await identity.app.get(Claims).integer('businessId', 'interrupted', identity.metadata());
    await register('interrupted');
    expect(await issue('interrupted')).toBe(firstChoice('interrupted'));
  });

  it('has the next number when another workspace has the first', async () => {
    const taken = firstChoice('unlucky');
    await identity.app.get(Claims).take('businessId', String(taken), 'lucky', identity.metadata());
    await register('unlucky');
    const businessId = await issue('unlucky');
    expect(businessId).toBe(derivedInteger('businessId', 'unlucky', 1));
    expect(await issue('unlucky')).toBe(businessId);
  });

  it('is answered without a claim where it is open', async () => {
    await register('given', { location: { businessId: 7, secret: 'sealed' } });
    expect(await issue('given')).toBe(7);
    await identity.settled();
    expect(await claimsOf(firstChoice('given'))).toEqual([]);
    expect(await eventsOf('workspace-given')).toEqual(['WorkspaceRegistered']);
  });

  it('is none of a workspace that does not exist, and nothing is claimed for it', async () => {
    await expect(issue('nobody')).rejects.toMatchObject({ kind: 'not-found' });
    expect(await claimsOf(firstChoice('nobody'))).toEqual([]);
  });
});
