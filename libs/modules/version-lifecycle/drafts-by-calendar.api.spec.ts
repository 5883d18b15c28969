import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createWebhook, registerWorkspace, webhookBody } from '../../../test/support/api.ts';
import { CLIENT, Installation } from '../../../test/support/installation.ts';

const DAY = 86_400_000;
const FIRST = '2026-01-01';
const URL = 'http://127.0.0.1:9/';
const TRIGGER = 'protected-users-count-updated';
const change = {
  schema: { type: 'object', required: ['count'], properties: { count: { type: 'string' } } },
  example: { count: '26' },
  downgrade: '$',
};

let installation: Installation;
let webhook: string;
const inside = { headers: { Workspace: 'workspace' } };
const release = async (name: string) => {
  const { status } = await installation.api.post('/versions', { name, triggers: { [TRIGGER]: change } });
  expect(status).toBe(201);
  await installation.settled();
};
const pass = async (days: number) => {
  await installation.pass(days * DAY);
  installation.api = await installation.as(CLIENT.id, CLIENT.secret);
};
const move = (version: string) =>
  installation.api.put(`/settings/webhooks/${webhook}`, webhookBody(URL, { version }), inside);
const draft = async () => (await installation.api.get(`/settings/webhooks/${webhook}/draft`, inside)).data;
const changeDraft = async (body: object) =>
  (await installation.api.put(`/settings/webhooks/${webhook}/draft`, body, inside)).data;
const onDraft = async (action: 'publish' | 'test') => {
  const { status, data } = await installation.api.post(
    `/settings/webhooks/${webhook}/draft/${action}`,
    undefined,
    inside,
  );
  return { status, ...data };
};

beforeEach(async () => {
  installation = await Installation.start();
  await registerWorkspace(installation.api, 'workspace');
  webhook = await createWebhook(installation.api, 'workspace', URL);
});
afterEach(() => installation.dispose());

describe('the draft that the reminder speaks of', () => {
  it('is on the newest version after a release that the first draft was on was withdrawn', async () => {
    await release('two');
    await pass(160);
    expect(await draft()).toMatchObject({ version: 'two', by: 'calendar' });
    expect((await installation.api.post('/versions/two/withdraw')).status).toBe(200);
    for (const action of ['publish', 'test'] as const)
      expect(await onDraft(action)).toMatchObject({
        status: 409,
        detail: expect.stringMatching(/^two.*was withdrawn/),
      });
    await release('three');
    await pass(160);
    expect(await draft()).toMatchObject({ version: 'three', of: FIRST, by: 'calendar', changes: {} });
    expect(await onDraft('publish')).toMatchObject({ version: 'three', hasDraft: false });
  });

  it('keeps what an admin has put into an older one, when the date was postponed', async () => {
    await release('two');
    await pass(160);
    expect(await changeDraft({ name: 'Invoices' })).toMatchObject({ version: 'two', by: 'calendar' });
    await release('three');
    await installation.api.post(`/versions/${FIRST}/postpone`, { expiresAt: '2027-12-02T09:00:00Z' });
    await pass(215);
    expect(await draft()).toMatchObject({ version: 'three', of: FIRST, changes: { name: 'Invoices' } });
  });

  it('never moves a webhook back that has gone further than its first draft', async () => {
    await release('two');
    await pass(160);
    await changeDraft({ name: 'Invoices' });
    await release('three');
    expect((await move('three')).data).toMatchObject({ version: 'three', hasDraft: true });
    await release('four');
    await pass(160);
    expect(await draft()).toMatchObject({ version: 'four', of: 'three', changes: { name: 'Invoices' } });
  });

  it('is made also if a draft from before the last move was discarded, or ended by that', async () => {
    await release('two');
    await pass(160);
    await release('three');
    expect((await move('three')).data).toMatchObject({ version: 'three', hasDraft: false });
    await release('four');
    await pass(160);
    expect(await draft()).toMatchObject({ version: 'four', of: 'three', by: 'calendar' });
  });
});

describe('a draft on a version that was withdrawn', () => {
  it('is on the newest when it is changed without naming one', async () => {
    await release('two');
    await release('three');
    expect(await changeDraft({})).toMatchObject({ version: 'three' });
    expect((await installation.api.post('/versions/three/withdraw')).status).toBe(200);
    expect(await changeDraft({ version: 'three' })).toMatchObject({
      status: 409,
      detail: expect.stringMatching(/^three.*was withdrawn/),
    });
    expect(await changeDraft({ name: 'Invoices' })).toMatchObject({ version: 'two', changes: { name: 'Invoices' } });
  });
});
