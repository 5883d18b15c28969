import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { clientOf, registerWorkspace, unique } from '../../../../test/support/api.ts';
import { ADMIN, Installation } from '../../../../test/support/installation.ts';
import { tokensTo } from '../send-account-mails/testing/mailbox.ts';

const PASSWORD = 'correct horse battery';
const [PARENT, CHILD, OTHER] = ['parent', 'child', 'other'] as const;
type Role = 'viewer' | 'webhook-admin' | 'owner' | 'operator';

let installation: Installation;
let api: AxiosInstance;
let owner: { id: string; email: string; session: AxiosInstance };

beforeAll(async () => {
  installation = await Installation.start();
  api = installation.api;
  await registerWorkspace(api, PARENT);
  await registerWorkspace(api, CHILD, PARENT);
  await registerWorkspace(api, OTHER);
  owner = await signedUp(PARENT, 'owner');
});
afterAll(() => installation.dispose());

const invite = (workspaceId: string | undefined, role: Role, as = api, email = `${unique('u')}@one.example`) =>
  as.post('/users', { email, name: 'Ada', role, workspaceId });

/** Invited, with a password, and signed in. */
async function signedUp(workspaceId: string | undefined, role: Role) {
  const { data } = await invite(workspaceId, role);
  await installation.settled();
  const [token] = await tokensTo(installation, data.email);
  const begun = await installation.anonymous().post('/password-links/redeem', { token, password: PASSWORD });
  return { id: data.id as string, email: data.email as string, session: installation.inSession(begun) };
}
const idsSeen = async (as: AxiosInstance, path = '/users?limit=200', workspace?: string): Promise<string[]> => {
  const { data } = await as.get(path, { headers: workspace === undefined ? {} : { Workspace: workspace } });
  return data.items.map(({ id }: { id: string }) => id);
};

describe('inviting a user', () => {
  it('answers with them, and they can be seen', async () => {
    const email = 'Grace.Hopper@one.example';
    const { status, data } = await invite(PARENT, 'viewer', api, email);
    expect(status).toBe(201);
    expect(data).toEqual({
      ...{ id: expect.any(String), email, name: 'Ada', role: 'viewer', workspaceId: PARENT, status: 'invited' },
      ...{ invitedAt: new Date(installation.clock.now()).toISOString(), lastSignInAt: null },
    });
    expect((await api.get(`/users/${data.id}`)).data).toEqual(data);
    expect((await api.get('/users')).data.items).toContainEqual(data);
  });

  it('goes to one address five times an hour, whether it is the first time or again', async () => {
    const { data } = await invite(PARENT, 'viewer', owner.session);
    const again = () => owner.session.post(`/users/${data.id}/invite`);
    for (let n = 0; n < 4; n++) expect((await again()).status).toBe(202);
    const refused = await again();
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '720']);
    expect((await invite(PARENT, 'viewer', owner.session)).status).toBe(201);
  });

  it('is refused for an address that belongs to a user, in the same words wherever they are', async () => {
    const [here, there] = [await invite(PARENT, 'viewer'), await invite(OTHER, 'viewer')];
    const again = [here, there].map(({ data }) => invite(PARENT, 'viewer', owner.session, data.email.toUpperCase()));
    const answers = (await Promise.all(again)).map(({ status, data }) => [status, data.detail]);
    expect(answers[0]).toEqual([409, 'This e-mail address belongs to another user.']);
    expect(answers[1]).toEqual(answers[0]);
  });

  it('is done once, though it is asked for several times at once', async () => {
    const email = `${unique('u')}@one.example`;
    const answers = await Promise.all([1, 2, 3].map(() => invite(PARENT, 'viewer', api, email)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('names what is wrong', async () => {
    const { status, data } = await api.post('/users', { email: 'ada', name: ' ', role: 'king', colour: 'red' });
    expect(status).toBe(400);
    expect(data.errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      'colour',
      'email',
      'name',
      'role',
    ]);
  });

  it('is done again for one who was removed, who then belongs where they are invited to', async () => {
    const { id, email, session } = await signedUp(PARENT, 'viewer');
    expect((await api.delete(`/users/${id}`)).status).toBe(204);
    const { status, data } = await invite(OTHER, 'viewer', api, email);
    expect([status, data.id, data.status]).toEqual([201, id, 'invited']);
    expect((await owner.session.get(`/users/${id}`)).status).toBe(404);
    expect((await session.get('/session')).status).toBe(401);
    expect((await installation.anonymous().post('/session', { email, password: PASSWORD })).status).toBe(401);
  });
});

describe('the reach of whoever asks', () => {
  let [here, below, elsewhere] = ['', '', ''];
  beforeAll(async () => {
    here = (await invite(PARENT, 'viewer')).data.id;
    below = (await invite(CHILD, 'viewer')).data.id;
    elsewhere = (await invite(OTHER, 'viewer')).data.id;
  });

  it('bounds the list, which the header narrows', async () => {
    const seen = await idsSeen(owner.session);
    expect(seen).toEqual(expect.arrayContaining([owner.id, here, below]));
    expect(seen).not.toContain(elsewhere);
    expect(await idsSeen(api)).toEqual(expect.arrayContaining([here, below, elsewhere]));
    const narrow = await idsSeen(owner.session, '/users?limit=200', CHILD);
    expect(narrow).toEqual([below]);
    expect((await owner.session.get('/users', { headers: { Workspace: OTHER } })).status).toBe(404);
  });

  it('leaves users beyond it where they are: they do not exist', async () => {
    const path = `/users/${elsewhere}`;
    const { session } = owner;
    const answers = await Promise.all([
      session.get(path),
      session.put(path, { role: 'viewer' }),
      session.delete(path),
      session.post(`${path}/invite`),
      session.post(`${path}/end-sessions`),
      session.get('/users/nobody'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(404));
    expect((await api.get(path)).data.status).toBe('invited');
  });

  it('bounds invitations, which are into the own workspace where none is named', async () => {
    const { status, data } = await invite(OTHER, 'viewer', owner.session);
    expect([status, data.errors[0].field]).toEqual([400, 'workspaceId']);
    expect((await invite(CHILD, 'viewer', owner.session)).status).toBe(201);
    expect((await invite(undefined, 'viewer', owner.session)).data.workspaceId).toBe(PARENT);
  });

  it('does not go upwards', async () => {
    const { session } = await signedUp(CHILD, 'owner');
    expect((await session.get(`/users/${owner.id}`)).status).toBe(404);
    expect(await idsSeen(session)).not.toContain(owner.id);
  });
});

describe('a role', () => {
  it('of an owner is what an owner may give at most', async () => {
    for (const role of ['viewer', 'webhook-admin', 'owner'] as const)
      expect((await invite(PARENT, role, owner.session)).status).toBe(201);
    const { status, data } = await invite(PARENT, 'operator', owner.session);
    expect([status, data.errors[0].field]).toEqual([400, 'role']);
  });

  it('of an operator is for the root alone', async () => {
    expect((await invite(PARENT, 'operator')).data.errors[0].field).toBe('role');
    expect((await api.put(`/users/${owner.id}`, { role: 'operator' })).data.errors[0].field).toBe('role');
    expect((await invite('root', 'operator')).status).toBe(201);
  });

  it.each(['viewer', 'webhook-admin'] as const)('%s neither sees nor changes users', async (role) => {
    const { id, session } = await signedUp(PARENT, role);
    const answers = await Promise.all([
      session.get('/users'),
      session.get(`/users/${id}`),
      invite(PARENT, 'viewer', session),
      session.put(`/users/${id}`, { role: 'owner' }),
      session.delete(`/users/${owner.id}`),
      session.post(`/users/${owner.id}/end-sessions`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(403));
  });

  it('above the one who asks is neither touched nor given', async () => {
    const client = await clientOf(installation, PARENT, ['users:read', 'users:write', 'webhooks:read']);
    const path = `/users/${owner.id}`;
    const answers = await Promise.all([
      client.put(path, { name: 'Eve' }),
      client.delete(path),
      client.post(`${path}/invite`),
      client.post(`${path}/end-sessions`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect((await invite(PARENT, 'viewer', client)).data.errors[0].field).toBe('role');
  });

  it('that an owner of the root does not have, they give neither to themselves nor to others', async () => {
    const { id, session } = await signedUp('root', 'owner');
    const { data: viewer } = await invite('root', 'viewer');
    for (const user of [id, viewer.id]) {
      const { status, data } = await session.put(`/users/${user}`, { role: 'operator' });
      expect([status, data.errors[0].field]).toEqual([400, 'role']);
    }
    expect((await session.get('/session')).data.role).toBe('owner');
  });

  it('holds from the next request on', async () => {
    const { id, session } = await signedUp(PARENT, 'viewer');
    expect((await session.get('/users')).status).toBe(403);
    const { status, data } = await owner.session.put(`/users/${id}`, { role: 'owner', name: 'Ada B.' });
    expect([status, data.role, data.name]).toEqual([200, 'owner', 'Ada B.']);
    expect((await session.get('/users')).status).toBe(200);
  });
});

describe('a user who is removed', () => {
  it('is signed out at once, and is listed only when asked for', async () => {
    const { id, session } = await signedUp(PARENT, 'viewer');
    expect((await owner.session.delete(`/users/${id}`)).status).toBe(204);
    expect((await session.get('/session')).status).toBe(401);
    expect((await owner.session.delete(`/users/${id}`)).status).toBe(404);
    expect(await idsSeen(owner.session)).not.toContain(id);
    expect(await idsSeen(owner.session, '/users?status=removed')).toContain(id);
  });

  it('is not oneself', async () => {
    expect((await owner.session.delete(`/users/${owner.id}`)).status).toBe(409);
    expect((await owner.session.get('/session')).status).toBe(200);
  });
});

describe('ending the sessions of a user', () => {
  it('signs them out everywhere, and leaves the password', async () => {
    const { id, email, session } = await signedUp(PARENT, 'viewer');
    expect((await owner.session.post(`/users/${id}/end-sessions`)).status).toBe(204);
    expect((await session.get('/session')).status).toBe(401);
    expect((await (await installation.signIn(email, PASSWORD)).get('/session')).status).toBe(200);
  });
});

describe('a user who has a password', () => {
  it('is not invited again', async () => expect((await api.post(`/users/${owner.id}/invite`)).status).toBe(409));
});

describe('the last operator', () => {
  it('stays, whatever two of them do to each other at once', async () => {
    const operators = async (): Promise<string[]> => idsSeen(api, '/users?role=operator&status=active');
    const [admin = ''] = await operators();
    const asAdmin = await installation.signIn(ADMIN.email, ADMIN.password);
    expect((await asAdmin.put(`/users/${admin}`, { role: 'viewer' })).status).toBe(409);
    expect((await api.delete(`/users/${admin}`)).status).toBe(409);
    const second = await signedUp('root', 'operator');
    const [one, other] = await Promise.all([
      asAdmin.delete(`/users/${second.id}`),
      second.session.put(`/users/${admin}`, { role: 'viewer' }),
    ]);
    expect([one.status, other.status].filter((status) => status < 300)).toHaveLength(1);
    const [last, ...others] = await operators();
    expect(others).toEqual([]);
    expect((await api.delete(`/users/${last}`)).status).toBe(409);
    expect(await operators()).toEqual([last]);
  });
});
