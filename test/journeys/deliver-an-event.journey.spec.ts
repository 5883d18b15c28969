import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { defaultDelivery, FIRST_VERSION } from '../../libs/modules/webhook-configuration/contract.ts';
import { createWebhook, event, publish, registerWorkspace, SECRET, unique, webhookBody } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { Receiver } from '../support/receiver.ts';

describe('a platform event', () => {
  let installation: Installation;
  let receiver: Receiver;
  /** Registered by a first start outside production. */
  const workspace = 'company1Workspace';

  beforeAll(async () => {
    installation = await Installation.start();
    receiver = await Receiver.start();
  });
  afterAll(async () => {
    await installation.dispose();
    await receiver.stop();
  });

  it('reaches the configured URL as the guide shows it, with all headers', async () => {
    const headers = { Workspace: workspace };
    const created = await installation.api.post('/settings/webhooks', webhookBody(`${receiver.url}/quickbookwebhook`), {
      headers,
    });
    expect(created.status).toBe(201);
    expect(created.data).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      ...webhookBody(`${receiver.url}/quickbookwebhook`),
      updated: installation.clock.now(),
      delivery: defaultDelivery,
      version: FIRST_VERSION,
      ...{ expiresAt: null, expiring: false, disabledBy: null, hasDraft: false },
      ...{ dialect: 'workspace', number: expect.any(Number), previousSecretUntil: null },
    });
    await installation.settled();
    expect(receiver.alerts.map(({ body }) => body.type)).toEqual(['test']);

    const data = {
      companyName: 'company1',
      displayName: 'company1',
      domain: 'The workspace domain',
      type: 'child',
      maxProtectedUsers: '25',
      notificationLevel: 'parent',
      parentWorkspaceId: workspace,
      adminEmails: '',
      workspaceCreationTime: '1641009600000',
      subscriptionType: 'initial',
    };
    const published = {
      id: '12345',
      type: 'workspace-created',
      workspaceId: 'workspace123',
      timestamp: '1627670400000',
      data,
    };
    const answer = await installation.api.post('/events', published);
    expect([answer.status, answer.data]).toEqual([202, { items: [{ id: '12345', status: 'accepted' }] }]);

    const [alert] = await receiver.received(1);
    const { id, type, workspaceId, timestamp } = published;
    expect(alert?.raw).toBe(JSON.stringify({ id, timestamp, workspaceId, type, data }));
    expect(alert?.path).toBe('/quickbookwebhook');
    expect(alert?.headers).toMatchObject({
      'content-type': 'application/json',
      authorization: 'Bearer YOUR_ACCESS_TOKEN',
      'x-coro-hook-id': '12345',
      'x-coro-hook-type': 'workspace-created',
      'x-coro-hook-version': FIRST_VERSION,
      'x-coro-signature': createHmac('sha256', SECRET).update('12345').digest('hex'),
      'webhook-id': '12345',
    });
    new Webhook(Buffer.from(SECRET), { format: 'raw' }).verify(
      alert?.raw ?? '',
      alert?.headers as Record<string, string>,
    );
  });

  it('is shown as a delivery with its attempt', async () => {
    await installation.settled();
    const { data } = await installation.api.get('/deliveries?event=12345');
    expect(data.items).toHaveLength(1);
    expect(data.items[0]).toMatchObject({
      status: 'succeeded',
      kind: 'event',
      version: FIRST_VERSION,
      eventWorkspaceId: 'workspace123',
      workspaceId: workspace,
    });
    const one = await installation.api.get(`/deliveries/${data.items[0].id}`);
    expect(one.data.attempts).toMatchObject([
      { attempt: 1, round: 1, statusCode: 200, answer: 'ok', errorClass: null },
    ]);
    const seen = await installation.api.get('/events/12345');
    expect(seen.data.deliveries).toEqual([expect.objectContaining({ id: data.items[0].id })]);
  });

  it('published again, at the same time or later, is delivered once', async () => {
    const hook = await createWebhook(installation.api, workspace, receiver.url, { triggers: ['workspace-created'] });
    await installation.settled();
    const same = event(workspace);
    const answers = await Promise.all(Array.from({ length: 20 }, () => publish(installation.api, same)));
    const statuses = answers.flat().map(({ status }) => status);
    expect(statuses.filter((status) => status === 'accepted')).toHaveLength(1);
    expect(statuses.filter((status) => status === 'duplicate')).toHaveLength(19);
    expect(await publish(installation.api, { ...same, timestamp: 5 })).toEqual([{ id: same.id, status: 'duplicate' }]);
    await installation.settled();
    const { data } = await installation.api.get(`/deliveries?event=${same.id}&webhook=${hook}`);
    expect(data.items).toHaveLength(1);
    expect(receiver.events.filter(({ body }) => body.id === same.id)).toHaveLength(2); // This webhook's, and the first test's.
  });

  it('with an id that is taken by another is a conflict that shows nothing of the first', async () => {
    const first = event(workspace, { data: { companyName: 'secret company', displayName: 'x', type: 'child' } });
    await publish(installation.api, first);
    const other = { ...first, data: { companyName: 'mine', displayName: 'x', type: 'child' } };
    const alone = await installation.api.post('/events', other);
    expect(alone.status).toBe(409);
    expect(JSON.stringify(alone.data)).not.toContain('secret company');
    const [conflict, accepted] = await publish(installation.api, other, event(workspace));
    expect([conflict, accepted?.status]).toEqual([{ id: first.id, status: 'conflict' }, 'accepted']);
  });

  it('that is wrong is refused by itself, with its reasons, and the others are taken', async () => {
    const good = event(workspace);
    const { status, data } = await installation.api.post('/events', [
      event(workspace, { type: 'unheard-of' }),
      good,
      event(workspace, { data: { companyName: 'x', displayName: 'x', type: 'planet' } }),
      event('nowhere', { type: 'subscription-updated' }),
      { ...event(workspace), id: 'no spaces' },
      { ...event(workspace), extra: true },
      event(workspace, { data: { companyName: 'x'.repeat(300_000), displayName: 'x', type: 'child' } }),
    ]);
    expect(status).toBe(202);
    expect(data.items.map((item: { status: string }) => item.status)).toEqual([
      'invalid',
      'accepted',
      'invalid',
      'invalid',
      'invalid',
      'invalid',
      'invalid',
    ]);
    const fields = data.items.map((item: { errors?: { field: string }[] }) => item.errors?.[0]?.field);
    expect(fields).toEqual(['type', undefined, 'data.type', expect.any(String), 'id', 'extra', 'data']);
  });

  it('of a new workspace is heard by its channel, which has it in its tree from that event on', async () => {
    const channel = await registerWorkspace(installation.api, unique('channel'));
    const own = await Receiver.start();
    await createWebhook(installation.api, channel, own.url);
    const child = unique('child');
    await publish(
      installation.api,
      event(child, { data: { companyName: 'c', displayName: 'c', type: 'child', parentWorkspaceId: channel } }),
      event(child, { type: 'workspace-created' }),
    );
    expect((await own.received(2)).map(({ body }) => body.workspaceId)).toEqual([child, child]);
    const registered = await installation.api.get(`/workspaces/${child}`);
    expect(registered.data).toMatchObject({ parentWorkspaceId: channel, type: 'child' });
    await own.stop();
  });
});
