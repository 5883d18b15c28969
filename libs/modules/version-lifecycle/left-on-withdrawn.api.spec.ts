import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import { createWebhook, registerWorkspace, webhookBody } from '../../../test/support/api.ts';
import { CLIENT, Installation } from '../../../test/support/installation.ts';
import { ReleaseVersion, WithdrawVersion } from './webhook-version/webhook-version.commands.ts';

const FIRST = '2026-01-01';
const URL = 'https://customer.example/hook';
const ROUTE = '/settings/webhooks';
const inside = { headers: { Workspace: 'workspace' } };

let installation: Installation;
let webhook: string;
const metadata = () => ({ at: installation.clock.now(), actor: 'client:tester', traceId: 'trace' });
const execute = (command: ReleaseVersion | WithdrawVersion) => installation.server.app.get(CommandBus).execute(command);
const release = (version: string, supersedes: string) =>
  execute(new ReleaseVersion({ version, notes: '', triggers: {}, supersedes }, metadata()));
const post = (path: string) => installation.api.post(`${ROUTE}/${webhook}${path}`, undefined, inside);
const get = async () => (await installation.api.get(`${ROUTE}/${webhook}`, inside)).data;
/** With a new token: they expire by the same clock. */
const at = async (time: string) => {
  installation.clock.advanceTo(Date.parse(time));
  installation.api = await installation.as(CLIENT.id, CLIENT.secret);
};

beforeEach(async () => {
  installation = await Installation.open();
  await registerWorkspace(installation.api, 'workspace');
  await release('two', FIRST);
  webhook = await createWebhook(installation.api, 'workspace', URL, { version: 'two' });
  // It was counted before the webhook was there.
  await execute(new WithdrawVersion({ version: 'two', webhooks: 0 }, metadata()));
  await post('/disable');
});
afterEach(() => installation.dispose());

describe('a webhook that came to a version as that was withdrawn', () => {
  it('counts as being on the version before, and is enabled on it', async () => {
    expect(await get()).toMatchObject({ version: 'two', expiresAt: null, status: 'disabled' });
    expect((await post('/enable')).data).toMatchObject({ version: 'two', expiresAt: null, status: 'enabled' });
    await post('/disable');
    const { data } = await installation.api.put(`${ROUTE}/${webhook}`, { ...(await get()), status: 'enabled' }, inside);
    expect(data).toMatchObject({ version: 'two', status: 'enabled' });
  });

  it('expires with it', async () => {
    await release('three', FIRST);
    expect(await get()).toMatchObject({ version: 'two', expiresAt: Date.parse('2027-05-02T09:00:00Z') });
    await at('2027-04-25T09:00:00Z');
    expect((await post('/enable')).data).toMatchObject({ status: 'enabled', expiring: true });
    await post('/disable');
    await at('2027-05-02T09:00:00Z');
    const { status, data } = await post('/enable');
    expect([status, data.detail]).toEqual([
      409,
      expect.stringMatching(`two, which was withdrawn and counts as ${FIRST}, which has expired.*three`),
    ]);
  });

  it('stays alone there', async () => {
    const body = webhookBody(URL, { version: 'two' });
    const other = await createWebhook(installation.api, 'workspace', URL);
    for (const { status, data } of [
      await installation.api.post(ROUTE, body, inside),
      await installation.api.put(`${ROUTE}/${other}`, body, inside),
    ])
      expect([status, data.detail]).toEqual([409, expect.stringMatching(/^two.*was withdrawn/)]);
  });
});
