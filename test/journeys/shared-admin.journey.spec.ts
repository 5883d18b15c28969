import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { SCOPES } from '../../libs/modules/identity/scopes.ts';
import { FIRST_VERSION } from '../../libs/modules/webhook-configuration/contract.ts';
import { release } from '../../libs/modules/webhook-configuration/testing/release.ts';
import { clientOf, createWebhook } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { everyItem } from './marked-place.ts';
import { passToPopups } from './two-trees.ts';

const NOWHERE = 'http://127.0.0.1:9/';
const SHARED = 'It@Agency.example';

type Told = {
  readonly id: string;
  readonly workspaceId: string;
  readonly webhooks: readonly { name: string }[];
};

/** Two shops of an agency, which have a webhook each, as has the agency; a stranger, who is to take one of them over. */
let installation: Installation;
const api: Record<string, AxiosInstance> = {};
const as = (workspaceId: string): AxiosInstance => api[workspaceId] ?? installation.api;

beforeAll(async () => {
  installation = await Installation.start();
  await release(installation.api);
  for (const [id, parentWorkspaceId, adminEmails] of [
    ['agency', '', SHARED],
    ['left', 'agency', `left@left.example, ${SHARED.toLowerCase()}`],
    ['right', 'agency', SHARED.toUpperCase()],
    ['stranger', '', 'stranger@stranger.example'],
  ] as const) {
    const names = { companyName: id, displayName: `Display ${id}` };
    const level = { adminEmails, notificationLevel: 'all' };
    const body = { id, parentWorkspaceId, type: 'channel', ...names, ...level };
    expect((await installation.api.post('/workspaces', body)).status).toBe(201);
    await createWebhook(installation.api, id, `${NOWHERE}${id}`, {
      ...{ name: `Webhook of ${id}`, version: FIRST_VERSION, status: 'disabled' },
    });
  }
  await passToPopups(installation);
  for (const id of ['agency', 'left', 'right', 'stranger']) api[id] = await clientOf(installation, id, SCOPES);
});
afterAll(() => installation.dispose());

const told = async (path: string, workspaceId: string, by: object = {}): Promise<Told[]> => {
  const { status, data } = await as(workspaceId).get(path, { params: by });
  expect(status).toBe(200);
  return data.items;
};
const names = (items: readonly Told[]) =>
  items.map(({ webhooks }) => webhooks.map(({ name }) => name.replace('Webhook of ', '')));

describe('someone who is admin of two workspaces and of their parent', () => {
  it('has one mail, in whatever case the address is written, which is the nearest to contain all it lists', async () => {
    const notices = (await told('/notices', 'root')).filter(({ webhooks }) => webhooks.length > 1);
    expect(notices).toEqual([expect.objectContaining({ address: SHARED, workspaceId: 'agency', webhookCount: 3 })]);
    expect(names(notices)).toEqual([['agency', 'left', 'right']]);
    expect(await told('/notices', 'agency', { workspace: 'right' })).toEqual([{ ...notices[0], place: null }]);
  });

  it('lets neither of the two see the mail, nor anything of the other', async () => {
    expect(names(await told('/notices', 'left'))).toEqual([['left']]);
    expect(await told('/notices', 'right')).toEqual([]);
    expect(await told('/notices', 'stranger')).toMatchObject([{ address: 'stranger@stranger.example' }]);
    for (const [home, others] of [
      ['left', /right|agency webhook|of agency|stranger/i],
      ['right', /left|agency webhook|of agency|stranger/i],
      ['stranger', /left|right|of agency/i],
    ] as const) {
      for (const path of ['/notices', '/notifications', '/activity', '/deliveries', '/versions'])
        expect([path, JSON.stringify(await everyItem(as(home), path))]).not.toEqual([
          path,
          expect.stringMatching(others),
        ]);
      const { data } = await as(home).get(`/versions/${FIRST_VERSION}`);
      expect(data).toMatchObject({ webhooks: 1, workspaces: [{ workspaceId: home, displayName: `Display ${home}` }] });
      expect(data.workspaces).toHaveLength(1);
    }
    expect(await told('/notices', 'left', { workspace: 'right' })).toEqual([]);
    expect(await told('/notices', 'left', { workspace: 'agency' })).toEqual([]);
  });

  it('has a pop-up in each, that the others can neither see nor acknowledge', async () => {
    const user = SHARED.toLowerCase();
    const all = await told('/notifications', 'agency', { user });
    expect(all.map(({ workspaceId }) => workspaceId).sort()).toEqual(['agency', 'left', 'right']);
    const idIn = (of: string) => all.find(({ workspaceId }) => workspaceId === of)?.id;
    const acknowledge = async (home: string, of: string) =>
      (await as(home).post(`/notifications/${idIn(of)}/acknowledge`)).status;
    const pending = async (home: string) => (await told('/notifications', home, { user })).map(({ id }) => id);
    expect(await pending('left')).toEqual([idIn('left')]);
    expect(await pending('right')).toEqual([idIn('right')]);
    expect(await pending('stranger')).toEqual([]);
    for (const [home, of] of [
      ['left', 'right'],
      ['right', 'left'],
      ['left', 'agency'],
      ['stranger', 'right'],
    ] as const)
      expect([home, of, await acknowledge(home, of)]).toEqual([home, of, 404]);
    const unknown = await as('left').post('/notifications/nothing/acknowledge');
    const hidden = await as('left').post(`/notifications/${idIn('right')}/acknowledge`);
    expect({ ...hidden.data, traceId: '' }).toEqual({ ...unknown.data, traceId: '' });
    expect((await pending('agency')).length).toBe(3);
    expect(await acknowledge('right', 'right')).toBe(204);
    expect(await pending('right')).toEqual([]);
    expect(await pending('left')).toEqual([idIn('left')]);
    expect(await acknowledge('agency', 'left')).toBe(204);
    expect(await pending('agency')).toEqual([idIn('agency')]);
  });

  it('has a mail that no longer shows the webhooks of a workspace that moved away', async () => {
    const move = { parentWorkspaceId: 'stranger' };
    expect((await installation.api.post('/workspaces/right/move', move)).status).toBe(200);
    const mails = await told('/notices', 'agency', { workspace: 'left' });
    const mail = mails.find(({ workspaceId }) => workspaceId === 'agency');
    expect(mail).toMatchObject({ webhookCount: 3, webhooks: [{ workspaceId: 'agency' }, { workspaceId: 'left' }] });
    expect(mail?.webhooks).toHaveLength(2);
    expect(await told('/notices', 'agency', { workspace: 'right' })).toEqual([]);
    expect(names(await told('/notices', 'stranger'))).toEqual([['stranger']]);
    expect(names(await told('/notices', 'root', { workspace: 'right' }))).toEqual([['agency', 'left', 'right']]);
  });
});
