import { CommandBus } from '@nestjs/cqrs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { clientOf, createWebhook, registerWorkspace } from '../../../../test/support/api.ts';
import { CLIENT, Installation } from '../../../../test/support/installation.ts';
import type { RaiseNotification } from '../notification/notification.commands.ts';
import { raiseNotification } from '../notification/testing/notifications.ts';
import { PostponeExpiration, ReleaseVersion, WithdrawVersion } from '../webhook-version/webhook-version.commands.ts';

const DAY = 86_400_000;
const RECEIVER = 'http://127.0.0.1:9/';
const SCOPES = ['notifications:read', 'notifications:write'];

let installation: Installation;
let ofChild: AxiosInstance;
let expiresAt: number;
let webhookOfChild: string;

const ids = async (query = '', as = installation.api, workspace?: string): Promise<string[]> => {
  const headers = workspace === undefined ? {} : { Workspace: workspace };
  const { data } = await as.get<{ items: { id: string }[] }>(`/notifications${query}`, { headers });
  return data.items.map(({ id }) => id);
};
const acknowledge = async (id: string, as = installation.api) =>
  (await as.post<unknown>(`/notifications/${id}/acknowledge`)).status;
const metadata = () => ({ at: installation.clock.now(), actor: 'client:tester', traceId: 'trace' });
const execute = async (command: ReleaseVersion | PostponeExpiration | WithdrawVersion | RaiseNotification) => {
  await installation.server.app.get(CommandBus).execute(command);
  await installation.server.projections.caughtUp();
};
const raise = (notificationId: string, changes: Partial<RaiseNotification['data']> = {}) => {
  installation.clock.advance(1_000);
  const dates = { expiresAt, disableAt: expiresAt + DAY };
  return execute(
    raiseNotification({ notificationId, workspaceId: 'parent', ...dates, ...changes }, installation.clock.now()),
  );
};

beforeEach(async () => {
  installation = await Installation.open();
  for (const [id, parent] of [['parent'], ['child', 'parent'], ['other']] as const)
    await registerWorkspace(installation.api, id, parent);
  ofChild = await clientOf(installation, 'child', SCOPES);
  for (const id of ['parent', 'other']) await createWebhook(installation.api, id, RECEIVER);
  webhookOfChild = await createWebhook(installation.api, 'child', RECEIVER);
  const release = { version: '2026-11-02', notes: '', triggers: {}, supersedes: '2026-01-01' };
  await execute(new ReleaseVersion(release, metadata()));
  expiresAt = Date.parse('2027-05-02T09:00:00Z');
  await raise('of-parent');
  await raise('of-child', { workspaceId: 'child', user: 'bob@customer.example', webhookCount: 3 });
  await raise('of-other', { workspaceId: 'other' });
});
afterEach(() => installation.dispose());

describe('the list of notifications', () => {
  it('says what is pending for whom, newest first', async () => {
    const { status, data } = await installation.api.get<{ items: object[]; nextCursor: null }>('/notifications');
    expect(status).toBe(200);
    expect(data.nextCursor).toBeNull();
    expect(data.items).toMatchObject([{ id: 'of-other' }, { id: 'of-child' }, { id: 'of-parent' }]);
    expect(data.items[1]).toEqual({
      id: 'of-child',
      workspaceId: 'child',
      user: 'bob@customer.example',
      version: '2026-01-01',
      newest: '2026-11-01',
      expiresAt: '2027-05-02T09:00:00.000Z',
      disableAt: '2027-05-03T09:00:00.000Z',
      webhooks: [{ id: 'webhook-1', name: 'Billing' }],
      webhookCount: 3,
      raisedAt: '2026-11-02T09:00:02.000Z',
    });
  });

  it('covers the reach of the token, and is narrowed by header, workspace and user', async () => {
    expect(await ids('', await clientOf(installation, 'parent', SCOPES))).toEqual(['of-child', 'of-parent']);
    expect(await ids('', ofChild)).toEqual(['of-child']);
    expect(await ids('', installation.api, 'parent')).toEqual(['of-parent']);
    expect(await ids('?workspace=other')).toEqual(['of-other']);
    expect(await ids('?workspace=other', ofChild)).toEqual([]);
    expect(await ids('?user=ADA@customer.example')).toEqual(['of-other', 'of-parent']);
  });

  it('is read page by page, what is void left out', async () => {
    await raise('of-an-old-date', { expiresAt: expiresAt - DAY });
    await raise('newest');
    const { data } = await installation.api.get<{ items: { id: string }[]; nextCursor: string }>(
      '/notifications?limit=2',
    );
    expect(data.items.map(({ id }) => id)).toEqual(['newest', 'of-other']);
    expect(await ids(`?limit=2&cursor=${data.nextCursor}`)).toEqual(['of-child', 'of-parent']);
  });

  it('is empty once what they warn of has happened', async () => {
    installation.clock.advanceTo(expiresAt + DAY - 1);
    const root = await installation.as(CLIENT.id, CLIENT.secret);
    expect(await ids('', root)).toHaveLength(3);
    installation.clock.advance(1);
    expect(await ids('', root)).toEqual([]);
  });

  it('is without those of a date that was postponed', async () => {
    await execute(new PostponeExpiration({ version: '2026-01-01', expiresAt: expiresAt + DAY }, metadata()));
    expect(await ids()).toEqual([]);
    await raise('of-the-new-date', { expiresAt: expiresAt + DAY, disableAt: expiresAt + 2 * DAY });
    expect(await ids()).toEqual(['of-the-new-date']);
  });

  it('is without those of a workspace whose webhooks have moved, or are removed', async () => {
    const headers = { Workspace: 'child' };
    const path = `/settings/webhooks/${webhookOfChild}`;
    const second = await createWebhook(installation.api, 'child', RECEIVER, { version: '2026-01-01' });
    await installation.api.delete(`/settings/webhooks/${second}`, { headers });
    expect(await ids()).toContain('of-child');
    const { data } = await installation.api.get<object>(path, { headers });
    await installation.api.put(path, { ...data, version: '2026-11-02' }, { headers });
    expect(await ids()).toEqual(['of-other', 'of-parent']);
  });

  it('is without those of a version that does not expire any more', async () => {
    await execute(new WithdrawVersion({ version: '2026-11-02', webhooks: 0 }, metadata()));
    expect(await ids()).toEqual([]);
  });
});

describe('a notification that is acknowledged', () => {
  it('is not pending any more, and may be acknowledged again', async () => {
    expect(await acknowledge('of-child', ofChild)).toBe(204);
    expect(await ids()).toEqual(['of-other', 'of-parent']);
    expect(await acknowledge('of-child', ofChild)).toBe(204);
  });

  it('does not exist out of reach, nor if nobody raised it', async () => {
    expect(await acknowledge('of-parent', ofChild)).toBe(404);
    expect(await acknowledge('unheard-of')).toBe(404);
    expect(await ids()).toContain('of-parent');
  });
});
