import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FIRST_VERSION } from '../../libs/modules/webhook-configuration/contract.ts';
import { clientOf, createWebhook, publish, registerWorkspace, unique, webhookBody } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { Receiver, type Alert } from '../support/receiver.ts';

const SECOND = 'second';
const THIRD = 'third';
const TYPE = 'subscription-updated';
const headers = { Workspace: 'workspace' };

const shape = (plan: object) => ({ type: 'object', required: ['plan'], properties: { plan } });
/** What is called `legacy` has no name in the first version. */
const second = {
  schema: shape({ type: 'string' }),
  example: { plan: 'paid' },
  downgrade: '{"subscriptionType": plan = "legacy" ? $error("a legacy plan has no type") : plan}',
};
const third = {
  schema: shape({ type: 'object', required: ['name'], properties: { name: { type: 'string' } } }),
  example: { plan: { name: 'paid' } },
  downgrade: '{"plan": plan.name}',
};

let installation: Installation;
let receiver: Receiver;
beforeEach(async () => {
  receiver = await Receiver.start();
  installation = await Installation.start({ env: { RETRY_SCHEDULE: '0,60' } });
  await registerWorkspace(installation.api, 'workspace');
});
afterEach(async () => {
  await installation.dispose();
  await receiver.stop();
});

const release = async (name: string, trigger: object) => {
  const { status, data } = await installation.api.post('/versions', { name, triggers: { [TYPE]: trigger } });
  expect([status, data]).toEqual([201, expect.objectContaining({ name })]);
};
/** Made on what is then the newest version; its path says which. */
const hook = (name: string, changes: object = {}) =>
  createWebhook(installation.api, 'workspace', `${receiver.url}/${name}`, changes);
const update = (data: object) => ({ id: unique('evt'), type: TYPE, workspaceId: 'workspace', data });
const seen = ({ path, headers: its, body }: Alert) => [path, its['x-coro-hook-version'], body.data];
const byPath = (alerts: readonly Alert[]) => [...alerts].sort((a, b) => (a.path < b.path ? -1 : 1)).map(seen);
const deliveriesOf = async (query: string) => {
  const { data } = await installation.api.get<{ items: Record<string, unknown>[] }>(`/deliveries?${query}`);
  return data.items;
};

/** A webhook on each of three versions. */
async function threeVersions(): Promise<void> {
  await hook('first');
  await release(SECOND, second);
  await hook('second');
  await release(THIRD, third);
  await hook('third');
  await installation.settled();
}

describe('an event in the newest shape', () => {
  it('goes to each webhook in the version it is on, and the deliveries say which', async () => {
    await threeVersions();
    const event = update({ plan: { name: 'trial' } });
    await publish(installation.api, event);
    await installation.settled();
    expect(byPath(receiver.events)).toEqual([
      ['/first', FIRST_VERSION, { subscriptionType: 'trial' }],
      ['/second', SECOND, { plan: 'trial' }],
      ['/third', THIRD, { plan: { name: 'trial' } }],
    ]);
    const versions = (await deliveriesOf(`event=${event.id}`)).map(({ version }) => version);
    expect(versions.sort()).toEqual([FIRST_VERSION, SECOND, THIRD]);
  });

  it('keeps its bytes in each version from attempt to attempt, also in a process that has forgotten them', async () => {
    await threeVersions();
    receiver.answer = () => ({ status: 500 });
    await publish(installation.api, update({ plan: { name: 'trial' } }));
    await installation.settled();
    await installation.close();
    await installation.loseReadModels();
    await installation.reopen();
    await installation.work();
    receiver.answer = () => ({ status: 200 });
    await installation.pass(70_000);
    expect(receiver.events).toHaveLength(6);
    for (const path of ['/first', '/second', '/third']) {
      const [before, after] = receiver.events.filter((alert) => alert.path === path);
      expect(after?.raw).toBe(before?.raw);
    }
  });
});

describe('an event in the shape of the version before', () => {
  it('is taken, and goes in that to webhooks that are newer, and downwards to older ones', async () => {
    await threeVersions();
    await publish(installation.api, update({ plan: 'trial' }));
    await installation.settled();
    expect(byPath(receiver.events)).toEqual([
      ['/first', FIRST_VERSION, { subscriptionType: 'trial' }],
      ['/second', SECOND, { plan: 'trial' }],
      ['/third', SECOND, { plan: 'trial' }],
    ]);
  });

  it('that fits none of both is told what is wrong with it in the newest', async () => {
    await threeVersions();
    const { data } = await installation.api.post('/events', [
      update({ subscriptionType: 'trial' }),
      update({ plan: 7 }),
    ]);
    expect(data.items).toMatchObject([
      { status: 'invalid', errors: [{ field: 'data.plan', message: 'is required' }] },
      { status: 'invalid', errors: [{ field: 'data.plan', message: 'must be object' }] },
    ]);
  });

  it('is still a duplicate of the one that was published before the release', async () => {
    await release(SECOND, second);
    const event = update({ plan: 'trial' });
    await publish(installation.api, event);
    await release(THIRD, third);
    expect(await publish(installation.api, event)).toMatchObject([{ status: 'duplicate' }]);
  });
});

describe('a test', () => {
  it('of a webhook has the example of its version', async () => {
    const id = await hook('first');
    await release(SECOND, second);
    await installation.api.post(`/settings/webhooks/${id}/test`, {}, { headers });
    await installation.settled();
    expect(receiver.alerts.map((alert) => alert.headers['x-coro-hook-version'])).toEqual([
      FIRST_VERSION,
      FIRST_VERSION,
    ]);
  });

  it('of a draft is in the version of the draft, and goes where the draft says', async () => {
    const id = await hook('first');
    await release(SECOND, second);
    const draft = { url: `${receiver.url}/draft`, secret: 'the secret of the draft' };
    await installation.api.put(`/settings/webhooks/${id}/draft`, draft, { headers });
    await installation.settled();
    const { status } = await installation.api.post(`/settings/webhooks/${id}/draft/test`, {}, { headers });
    expect(status).toBe(202);
    await installation.settled();
    const tests = receiver.alerts.map(({ path, headers: its }) => [path, its['x-coro-hook-version']]);
    expect(tests).toEqual([
      ['/first', FIRST_VERSION],
      ['/draft', SECOND],
    ]);
    expect(await deliveriesOf(`webhook=${id}&kind=test`)).toMatchObject([
      { status: 'succeeded', version: SECOND, attempts: [{ url: draft.url }] },
      { status: 'succeeded', version: FIRST_VERSION },
    ]);
  });
});

describe('a downgrade that fails', () => {
  const legacy = () => update({ plan: 'legacy' });
  const paid = () => update({ plan: 'paid' });

  it('ends its delivery without an attempt, and holds up nothing, not even where order is strict', async () => {
    const delivery = { strictOrder: true };
    const id = await hook('first', { delivery });
    await release(SECOND, second);
    await hook('second');
    await installation.settled();
    const events = [paid(), legacy(), paid(), legacy(), paid()];
    await publish(installation.api, ...events);
    await installation.settled();
    const rendered = [events[0]?.id, events[2]?.id, events[4]?.id];
    expect(receiver.events.filter(({ path }) => path === '/first').map(({ body }) => body.id)).toEqual(rendered);
    expect(receiver.events.filter(({ path }) => path === '/second')).toHaveLength(5);
    const unrendered = await deliveriesOf(`webhook=${id}&status=unrendered`);
    expect(unrendered.map(({ eventId }) => eventId)).toEqual([events[3]?.id, events[1]?.id]);
    expect(unrendered[0]).toMatchObject({
      ...{ status: 'unrendered', version: FIRST_VERSION, attempts: [], nextAttemptAt: null },
      renderingFailure: {
        releasedIn: SECOND,
        fault: 'error',
        error: expect.stringContaining('a legacy plan has no type'),
      },
    });
    const { data } = await installation.api.get(`/settings/webhooks/${id}`, { headers });
    expect(data).toMatchObject({ status: 'enabled', disabledBy: null });
  });

  it('is shown to the operator, and to no workspace, under the version and under the release', async () => {
    const id = await hook('first');
    await release(SECOND, second);
    await installation.settled();
    expect((await installation.api.get(`/versions/${SECOND}/rendering-failures`)).data).toEqual({ items: [] });
    await publish(installation.api, legacy(), legacy());
    await installation.settled();
    const failures = {
      version: FIRST_VERSION,
      releasedIn: SECOND,
      type: TYPE,
      fault: 'error',
      count: 2,
      webhookId: id,
    };
    for (const name of [FIRST_VERSION, SECOND]) {
      const { data } = await installation.api.get(`/versions/${name}/rendering-failures`);
      expect(data.items).toMatchObject([{ ...failures, firstAt: '2026-11-02T09:00:00.000Z' }]);
    }
    expect((await installation.api.get('/versions/unheard-of/rendering-failures')).status).toBe(404);
    const admin = await clientOf(installation, 'workspace', ['versions:read']);
    expect((await admin.get(`/versions/${SECOND}/rendering-failures`)).status).toBe(403);
  });

  it('is tried again in a new round for who asks, of one delivery or of all that was not delivered', async () => {
    const id = await hook('first');
    await release(SECOND, second);
    await installation.settled();
    await publish(installation.api, legacy());
    await installation.settled();
    const [unrendered] = await deliveriesOf(`webhook=${id}`);
    expect((await installation.api.post(`/deliveries/${String(unrendered?.['id'])}/redeliver`)).status).toBe(202);
    await installation.settled();
    const what = { what: 'not-delivered' };
    expect((await installation.api.post(`/settings/webhooks/${id}/redeliver`, what, { headers })).status).toBe(202);
    await installation.pass(5_000);
    expect(await deliveriesOf(`webhook=${id}&kind=event`)).toMatchObject([{ status: 'unrendered', attempts: [] }]);
    const { data } = await installation.api.get(`/versions/${SECOND}/rendering-failures`);
    expect(data.items).toMatchObject([{ count: 3 }]);
    expect(receiver.events).toEqual([]);
  });

  it('is over for what comes after the webhook has moved', async () => {
    const id = await hook('first');
    await release(SECOND, second);
    const moved = webhookBody(`${receiver.url}/first`, { version: SECOND });
    expect((await installation.api.put(`/settings/webhooks/${id}`, moved, { headers })).status).toBe(200);
    await publish(installation.api, legacy());
    await installation.settled();
    expect(receiver.events.map(seen)).toEqual([['/first', SECOND, { plan: 'legacy' }]]);
  });
});
