import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import { hashSecret } from '../../../platform/credentials/index.ts';
import { EVENT_STORE, type EventStore } from '../../../platform/event-store/index.ts';
import { IssueApiClient, RecordClientUse } from '../api-client/api-client.commands.ts';
import { ResidentApiClients } from '../api-client/resident-api-clients.ts';
import { runIdentity } from '../testing/running-identity.ts';
import { ClientAuthentication } from './client-authentication.ts';

const DAY = 86_400_000;
let identity: Awaited<ReturnType<typeof runIdentity>>;
let store: EventStore;
beforeAll(async () => {
  identity = await runIdentity();
  store = identity.app.get<EventStore>(EVENT_STORE);
});
afterAll(() => identity.stop());

async function issue(clientId: string): Promise<void> {
  const secretHash = await hashSecret('secret', 'salt');
  const data = { clientId, workspaceId: 'root', name: clientId, scopes: ['events:read' as const], secretHash };
  await identity.execute(new IssueApiClient(data, identity.metadata()));
}
const authenticate = (clientId: string, secret = 'secret') =>
  identity.app.get(ClientAuthentication).authenticate(clientId, secret, '192.0.2.1');
const daysOf = async (clientId: string) =>
  (await store.readStream(`apiClient-${clientId}`)).flatMap(({ type, data }) =>
    type === 'ApiClientUsed' ? [(data as { day: string }).day] : [],
  );
/** The days, once there are so many: nobody is told when one is recorded. */
async function recorded(clientId: string, count: number): Promise<readonly string[]> {
  for (let days = await daysOf(clientId); ; days = await daysOf(clientId)) {
    if (days.length >= count) return days;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
const day = (at: number) => new Date(at).toISOString().slice(0, 10);

describe('the use of a client', () => {
  it('is recorded once a day, however often and however much at once it comes', async () => {
    await issue('busy');
    await Promise.all(Array.from({ length: 20 }, () => authenticate('busy')));
    const today = day(identity.clock.now());
    expect(await recorded('busy', 1)).toEqual([today]);
    await identity.settled();
    expect(identity.app.get(ResidentApiClients).active('busy')?.lastUsedAt).toBe(identity.clock.now());
    await authenticate('busy');
    identity.clock.advance(DAY);
    await authenticate('busy');
    await authenticate('busy');
    expect(await recorded('busy', 2)).toEqual([today, day(identity.clock.now())]);
  });

  it('is recorded once when several processes do it', async () => {
    await issue('shared');
    const uses = Array.from({ length: 10 }, () => new RecordClientUse({ clientId: 'shared' }, identity.metadata()));
    await Promise.all(uses.map((use) => identity.app.get(CommandBus).execute(use)));
    expect(await daysOf('shared')).toEqual([day(identity.clock.now())]);
  });

  it('is none with a wrong secret', async () => {
    await issue('guessed');
    await expect(authenticate('guessed', 'wrong')).rejects.toMatchObject({ code: 'invalid_client' });
    await authenticate('guessed');
    expect(await recorded('guessed', 1)).toHaveLength(1);
  });

  it('lets a client in that it cannot be recorded of, and is tried again', async () => {
    await issue('unlucky');
    const append = store.append.bind(store);
    let failed = 0;
    store.append = async () => {
      failed++;
      throw new Error('The disk is gone.');
    };
    await expect(authenticate('unlucky')).resolves.toMatchObject({ clientId: 'unlucky' });
    while (failed === 0) await new Promise((resolve) => setImmediate(resolve));
    store.append = append;
    await new Promise((resolve) => setImmediate(resolve));
    await authenticate('unlucky');
    expect(await recorded('unlucky', 1)).toEqual([day(identity.clock.now())]);
  });
});
