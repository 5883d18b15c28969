import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import type { AxiosInstance } from 'axios';
import { createWebhook, registerWorkspace } from '../../../test/support/api.ts';
import { CLIENT, Installation } from '../../../test/support/installation.ts';
import { FirstVersion } from './index.ts';

const FIRST = '2026-01-01';
const URL = 'https://customer.example/hook';
const TRIGGER = 'workspace-status-updated';

const change = {
  schema: { type: 'object', required: ['status'], properties: { status: { type: 'object' } } },
  example: { status: { is: 'suspended', was: 'active' } },
  downgrade: '{ "status": status.is, "previousStatus": status.was }',
};
/** Back from `change`, so that releases can go on and on. */
const changeBack = {
  schema: { type: 'object', required: ['status'], properties: { status: { type: 'string' } } },
  example: { status: 'suspended' },
  downgrade: '{ "status": { "is": status } }',
};
const body = (name: string, changes: object = {}) => ({ name, triggers: { [TRIGGER]: change }, ...changes });

const calendar = {
  announceAt: '2026-11-02T09:00:00.000Z',
  remindAt: '2027-04-02T09:00:00.000Z',
  popupAt: '2027-04-25T09:00:00.000Z',
  expiresAt: '2027-05-02T09:00:00.000Z',
  disableAt: '2027-05-03T09:00:00.000Z',
};

let installation: Installation;
let api: AxiosInstance;
const release = (name: string, changes: object = {}) => api.post('/versions', body(name, changes));
const releaseNext = (name: string) => release(name, { triggers: { [TRIGGER]: changeBack } });
const listed = async () => (await api.get('/versions')).data.items;
const postpone = (name: string, expiresAt: unknown) => api.post(`/versions/${name}/postpone`, { expiresAt });
const withdraw = (name: string) => api.post(`/versions/${name}/withdraw`);
/** With a new token: they expire by the same clock. */
const at = async (time: string) => {
  installation.clock.advanceTo(Date.parse(time));
  api = await installation.as(CLIENT.id, CLIENT.secret);
};

beforeEach(async () => {
  installation = await Installation.open();
  api = installation.api;
});
afterEach(() => installation.dispose());

describe('the first version', () => {
  it('is there from the start, once', async () => {
    const item = { name: FIRST, status: 'current', releasedAt: calendar.announceAt, expiresAt: null, webhooks: 0 };
    expect((await api.get('/versions')).data).toEqual({ items: [item], nextCursor: null });
    const head = await installation.parts.eventStore.head();
    await installation.server.app.get(FirstVersion).run();
    expect(await installation.parts.eventStore.head()).toBe(head);
    const { status, data } = await api.get(`/versions/${FIRST}`);
    expect([status, data]).toEqual([
      200,
      { ...item, notes: 'The shapes of the catalog.', supersedes: null, calendar: null, triggers: {}, workspaces: [] },
    ]);
  });

  it('is not released again by a process that has yet to hear of it', async () => {
    const { app } = installation.server;
    const unaware = { get: () => undefined, caughtUp: async () => undefined };
    const { clock, ids, eventStore } = installation.parts;
    await new FirstVersion(app.get(CommandBus), unaware, clock, ids).run();
    expect(await eventStore.readStream('webhookVersion-releases')).toHaveLength(1);
  });
});

describe('a release', () => {
  it('answers with the calendar of the version before it, and is there to be read at once', async () => {
    const { status, data } = await release('2026-11-01', { notes: 'The status is an object.' });
    expect([status, data]).toEqual([
      201,
      { name: '2026-11-01', releasedAt: calendar.announceAt, supersedes: { name: FIRST, ...calendar } },
    ]);
    expect(await listed()).toMatchObject([
      { name: '2026-11-01', status: 'current', expiresAt: null },
      { name: FIRST, status: 'deprecated', expiresAt: calendar.expiresAt },
    ]);
    expect((await api.get(`/versions/${FIRST}`)).data).toMatchObject({ calendar, status: 'deprecated' });
    expect((await api.get('/versions/2026-11-01')).data).toMatchObject({
      notes: 'The status is an object.',
      supersedes: FIRST,
      calendar: null,
      triggers: { [TRIGGER]: change },
    });
  });

  it('is judged by the version released right before it', async () => {
    expect((await release('two')).status).toBe(201);
    const wrong = await release('three', { triggers: { [TRIGGER]: { ...change, downgrade: 'status' } } });
    expect([wrong.status, wrong.data.downgraded]).toEqual([400, { [TRIGGER]: change.example.status }]);
    expect((await releaseNext('three')).data.supersedes).toMatchObject({ name: 'two' });
  });

  it('makes older versions expire, each on its day', async () => {
    await release('two');
    await at('2026-12-01T00:00:00Z');
    await releaseNext('three');
    const statuses = async () => (await listed()).map(({ status }: { status: string }) => status);
    expect(await statuses()).toEqual(['current', 'deprecated', 'deprecated']);
    await at('2027-05-02T08:59:59Z');
    expect(await statuses()).toEqual(['current', 'deprecated', 'deprecated']);
    await at('2027-05-02T09:00:00Z');
    expect(await statuses()).toEqual(['current', 'deprecated', 'expired']);
  });

  it('cannot have a name that was used, not even when it is sent twice', async () => {
    expect((await release(FIRST)).status).toBe(409);
    expect((await release('two')).status).toBe(201);
    expect((await release('two')).status).toBe(409);
    await withdraw('two');
    const { status, data } = await release('two');
    expect([status, data.detail]).toEqual([409, expect.stringContaining('The name two has been used')]);
  });

  it('of several at the same time is one', async () => {
    const answers = await Promise.all(['a', 'b', 'c'].map((name) => release(name)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(await listed()).toHaveLength(2);
  });
});

describe('the expiration of a version', () => {
  it('can be postponed, which gives it a new calendar', async () => {
    await release('two');
    await at('2026-12-01T10:00:00Z');
    const { status, data } = await postpone(FIRST, '2027-08-31T14:00:00+02:00');
    const postponed = {
      announceAt: '2026-12-01T10:00:00.000Z',
      remindAt: '2027-07-31T12:00:00.000Z',
      popupAt: '2027-08-24T12:00:00.000Z',
      expiresAt: '2027-08-31T12:00:00.000Z',
      disableAt: '2027-09-01T12:00:00.000Z',
    };
    expect([status, data]).toEqual([200, { name: FIRST, ...postponed }]);
    expect((await api.get(`/versions/${FIRST}`)).data.calendar).toEqual(postponed);
  });

  it('can be postponed up to five years from now; said twice, it is the same date', async () => {
    await release('two');
    const { status, data } = await postpone(FIRST, '2031-11-02T09:00:00Z');
    expect([status, data.expiresAt]).toEqual([200, '2031-11-02T09:00:00.000Z']);
    await at('2026-11-03T09:00:00Z');
    const again = await postpone(FIRST, '2031-11-02T09:00:00Z');
    expect([again.status, again.data]).toEqual([200, data]);
    const history = await installation.parts.eventStore.readStream('webhookVersion-releases');
    expect(history.filter(({ type }) => type === 'ExpirationPostponed')).toHaveLength(1);
  });

  it('is refused what is no later date, or one too late', async () => {
    await release('two');
    for (const wrong of [
      '2026-11-01T00:00:00Z',
      '2027-05-02T08:59:59Z',
      '2031-11-02T09:00:00.001Z',
      '9999-12-31T23:59:59Z',
      '2027-05-02',
      'soon',
      1_800_000_000_000,
      undefined,
    ]) {
      const { status, data } = await postpone(FIRST, wrong);
      expect([wrong, status, data.errors[0].field]).toEqual([wrong, 400, 'expiresAt']);
    }
    expect((await postpone('two', '2027-08-31T12:00:00Z')).status).toBe(409);
    expect((await postpone('nine', '2027-08-31T12:00:00Z')).status).toBe(404);
    await at(calendar.expiresAt);
    expect((await postpone(FIRST, '2027-08-31T12:00:00Z')).status).toBe(409);
  });
});

describe('a withdrawal', () => {
  it('makes the version before current again, and the withdrawn one is gone', async () => {
    await release('two');
    const { status, data } = await withdraw('two');
    expect([status, data]).toEqual([200, { name: 'two', restores: FIRST }]);
    expect(await listed()).toMatchObject([{ name: FIRST, status: 'current', expiresAt: null }]);
    expect((await api.get('/versions/two')).status).toBe(404);
    expect((await withdraw('two')).status).toBe(409);
    expect((await postpone('two', '2027-08-31T12:00:00Z')).status).toBe(409);
  });

  it('is refused to what was taken up, to the first version, and to one that is not current', async () => {
    const workspace = await registerWorkspace(api, 'workspace');
    expect((await withdraw(FIRST)).status).toBe(409);
    await release('two');
    const webhook = await createWebhook(api, workspace, URL);
    const { status, data } = await withdraw('two');
    expect([status, data.detail]).toEqual([409, expect.stringContaining('1 webhook(s) are on it')]);
    await api.delete(`/settings/webhooks/${webhook}`, { headers: { Workspace: workspace } });
    await releaseNext('three');
    expect((await withdraw('two')).status).toBe(409);
    expect((await withdraw('three')).status).toBe(200);
    expect((await withdraw('two')).status).toBe(200);
    expect((await withdraw('nine')).status).toBe(404);
  });

  it('is refused once the version before has expired', async () => {
    await release('two');
    await at(calendar.expiresAt);
    const { status, data } = await withdraw('two');
    expect([status, data.detail]).toEqual([409, expect.stringContaining(`${FIRST} has expired`)]);
    expect(await listed()).toMatchObject([
      { name: 'two', status: 'current' },
      { name: FIRST, status: 'expired' },
    ]);
  });

  it('waits until it is known whether the version was taken up, and not for ever', async () => {
    const workspace = await registerWorkspace(api, 'workspace');
    await release('two');
    await installation.server.projections.stop();
    await createWebhook(api, workspace, URL);
    const { status, headers } = await withdraw('two');
    expect([status, headers['retry-after']]).toEqual([503, expect.stringMatching(/^\d+$/)]);
  });
});

describe('versions', () => {
  it('are the same after a start that has lost the read models', async () => {
    await release('two');
    await releaseNext('three');
    await withdraw('three');
    await postpone(FIRST, '2027-08-31T12:00:00Z');
    const before = (await api.get('/versions')).data;
    await installation.close();
    await installation.loseReadModels();
    await installation.reopen();
    await installation.server.projections.caughtUp();
    expect((await installation.api.get('/versions')).data).toEqual(before);
  });
});
