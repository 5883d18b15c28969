import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { actions, type KnownAction } from '../../libs/modules/webhook-configuration/contract.ts';
import { registerWorkspace, unique } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { Receiver, type Alert } from '../support/receiver.ts';

const [BUSINESS, OTHER_BUSINESS] = [1_414_856, 1_414_857];

let installation: Installation;
let receiver: Receiver;
let secret: string;
beforeAll(async () => {
  receiver = await Receiver.start();
  installation = await Installation.start();
  for (const businessId of [BUSINESS, OTHER_BUSINESS]) await openLocation(businessId);
  await registerWorkspace(installation.api, 'elsewhere');
  const { data } = await installation.api.get(`/workspaces/location-${BUSINESS}/secret`);
  secret = data.secret;
  for (const { number } of actions) {
    await createFor(number, BUSINESS);
    await createFor(number, OTHER_BUSINESS);
  }
});
afterAll(async () => {
  await installation.dispose();
  await receiver.stop();
});

async function openLocation(businessId: number): Promise<void> {
  const id = `location-${businessId}`;
  const workspace = { id, businessId, type: 'child', companyName: id, displayName: id };
  expect((await installation.api.post('/workspaces', workspace)).status).toBe(201);
}

async function createFor(action: number, businessId: number): Promise<void> {
  const url = `${receiver.url}/${businessId}/${action}`;
  const body = { BusinessId: businessId, Name: `Action ${action}`, Action: action, URL: url };
  const { status, data } = await installation.api.post('/api/sys/webhooks', body);
  expect([status, data.WasSuccessful]).toEqual([200, true]);
}

const fire = (action: KnownAction, workspaceId = `location-${BUSINESS}`) => {
  const data = { Id: action.number, UniqueId: '0c8a1a3e-0000-4000-8000-000000000000', Name: `„${action.name}“ £ñ` };
  return { id: unique('evt'), type: action.trigger, workspaceId, data };
};

/** What a receiver has, from the sender's words alone: the path names the action. */
function isVerified({ raw, headers }: Alert): boolean {
  const signature = createHmac('sha256', secret).update(raw, 'utf8').digest('hex').toUpperCase();
  new Webhook(Buffer.from(secret), { format: 'raw' }).verify(raw, headers as Record<string, string>);
  return headers['x-nexudus-hook-signature'] === signature;
}

const fired = actions.filter(({ name }) => name !== 'None');

describe('each of the 90 actions', () => {
  it('reaches its webhook, and no other, as an array that holds the one record, signed by its location', async () => {
    expect(actions).toHaveLength(90);
    const events = fired.map((action) => fire(action));
    const { status, data } = await installation.api.post('/events', events);
    expect([status, data.items.map((item: { status: string }) => item.status)]).toEqual([
      202,
      events.map(() => 'accepted'),
    ]);
    await installation.settled();
    expect(receiver.alerts.map(({ path }) => path).sort()).toEqual(
      fired.map(({ number }) => `/${BUSINESS}/${number}`).sort(),
    );
    for (const [index, { number, trigger }] of fired.entries()) {
      const alert = receiver.alerts.find(({ path }) => path === `/${BUSINESS}/${number}`);
      expect(alert?.raw).toBe(JSON.stringify([events[index]?.data]));
      expect([trigger, alert && isVerified(alert)]).toEqual([trigger, true]);
      expect(alert?.headers).toMatchObject({ 'webhook-id': events[index]?.id, 'x-coro-hook-type': trigger });
      expect(alert?.headers).not.toHaveProperty('x-coro-signature');
    }
  });

  it('has published itself when its webhook says so: LastTrigger is there, and no error', async () => {
    const { data } = await installation.api.get('/api/sys/webhooks', {
      params: { WebHook_Business: BUSINESS, size: 100, orderBy: 'Action' },
    });
    expect(data.Records.map((record: { Action: number }) => record.Action)).toEqual(
      actions.map(({ number }) => number),
    );
    for (const record of data.Records) {
      expect(record).toMatchObject({ Active: true, LastError: null, ErrorCount: 0 });
      expect([record.Action, record.LastTrigger === null]).toEqual([record.Action, record.Action === 1]);
    }
  });
});

describe('the action None', () => {
  it('is valid for a webhook, and never fires', async () => {
    const before = receiver.alerts.length;
    const { status, data } = await installation.api.post('/events', fire(actions[0] as KnownAction));
    expect([status, data.items[0]]).toEqual([
      400,
      {
        id: expect.any(String),
        status: 'invalid',
        errors: [{ field: 'type', message: expect.stringMatching(/never/) }],
      },
    ]);
    await installation.settled();
    expect(receiver.alerts).toHaveLength(before);
  });
});
