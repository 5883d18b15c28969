import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { standardWebhook } from '../../apps/demo/verify.ts';
import { createWebhook, event, publish, registerWorkspace, SECRET, unique } from '../support/api.ts';
import { CLIENT, Installation } from '../support/installation.ts';
import { Receiver, type Alert } from '../support/receiver.ts';

/** Shorter than the life of a token. */
const HOUR = 3_600_000;

let installation: Installation;
let receiver: Receiver;
let workspace: string;
const inside = () => ({ headers: { Workspace: workspace } });
const post = async (path: string, body?: object) => {
  const { status, data } = await installation.api.post(path, body, inside());
  expect(status).toBeLessThan(300);
  return data;
};

beforeAll(async () => {
  installation = await Installation.start({ env: { RETRY_SCHEDULE: '0,3600' } });
});
afterAll(() => installation.dispose());
beforeEach(async () => {
  receiver = await Receiver.start();
  installation.api = await installation.as(CLIENT.id, CLIENT.secret);
  workspace = await registerWorkspace(installation.api, unique('workspace'));
});
afterEach(() => receiver.stop());

/** The newest alert of this event, once all that is due has been sent. */
async function publishTo(body: { id: string }): Promise<Alert> {
  await publish(installation.api, body);
  await installation.settled();
  return newest();
}
function newest(): Alert {
  const alert = receiver.alerts.at(-1);
  if (!alert) throw new Error('No alert has arrived.');
  return alert;
}
/** As the reference library judges it, on the newest alert. */
function isStandard(secret: string, { raw, headers }: Alert): boolean {
  try {
    standardWebhook(secret).verify(raw, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}
const isOfHookId = (secret: string, { headers }: Alert): boolean =>
  createHmac('sha256', secret).update(String(headers['x-coro-hook-id'])).digest('hex') === headers['x-coro-signature'];
const isOfBody = (secret: string, { raw, headers }: Alert): boolean =>
  createHmac('sha256', secret).update(raw).digest('hex').toUpperCase() === headers['x-nexudus-hook-signature'];
const judged = (alert: Alert, single: typeof isOfBody, ...secrets: string[]) => ({
  standard: secrets.map((secret) => isStandard(secret, alert)),
  single: secrets.map((secret) => single(secret, alert)),
  signatures: String(alert.headers['webhook-signature']).split(' ').length,
});

const withOldAlone = { standard: [true, false], single: [true, false], signatures: 1 };
const withBoth = { standard: [true, true], single: [true, false], signatures: 2 };
const withNewAlone = { standard: [false, true], single: [false, true], signatures: 1 };

describe('a webhook whose secret is rotated', () => {
  let id: string;
  const next = () => publishTo(event(workspace));
  const rotate = (overlapSeconds = 3_600) => post(`/settings/webhooks/${id}/rotate-secret`, { overlapSeconds });
  beforeEach(async () => {
    id = await createWebhook(installation.api, workspace, receiver.url);
    await installation.settled();
  });

  it('is signed with both secrets until the overlap ends, and with the new one from then on', async () => {
    expect(judged(await next(), isOfHookId, SECRET, 'unknown')).toEqual(withOldAlone);
    const { secret, previousSecretUntil } = await rotate();
    expect(previousSecretUntil).toBe(installation.clock.now() + HOUR);
    expect(judged(await next(), isOfHookId, SECRET, secret)).toEqual(withBoth);
    await installation.pass(HOUR - 1);
    expect(judged(await next(), isOfHookId, SECRET, secret)).toEqual(withBoth);
    await installation.pass(1);
    expect(judged(await next(), isOfHookId, SECRET, secret)).toEqual(withNewAlone);
  });

  it('loses nothing at a receiver that takes in the new secret during the overlap', async () => {
    const accept = (...secrets: string[]) => {
      const isSigned = (alert: Alert) =>
        [isOfHookId, isStandard].every((verify) => secrets.some((secret) => verify(secret, alert)));
      receiver.answer = (alert) => ({ status: isSigned(alert) ? 200 : 401 });
    };
    accept(SECRET);
    const { secret } = await rotate();
    await next();
    accept(SECRET, secret);
    await next();
    await installation.pass(HOUR);
    await next();
    accept(secret);
    await next();
    const { items } = (await installation.api.get('/deliveries', inside())).data;
    expect(items.map((item: { status: string }) => item.status)).toEqual(Array(5).fill('succeeded'));
  });

  it('is signed anew at each attempt, whenever the event came', async () => {
    const { secret } = await rotate(60);
    receiver.answer = () => ({ status: 500 });
    expect(judged(await next(), isOfHookId, SECRET, secret)).toEqual(withBoth);
    receiver.answer = () => ({ status: 200 });
    await installation.pass(2 * HOUR);
    expect(receiver.events).toHaveLength(2);
    expect(judged(newest(), isOfHookId, SECRET, secret)).toEqual(withNewAlone);
  });

  it('is signed with the last two secrets when it is rotated again, and at once with one that replaces them', async () => {
    const { secret: second } = await rotate();
    const { secret: third } = await rotate();
    const alert = await next();
    expect(judged(alert, isOfHookId, second, third)).toEqual(withBoth);
    expect(isStandard(SECRET, alert)).toBe(false);
    const read = (await installation.api.get(`/settings/webhooks/${id}`, inside())).data;
    await installation.api.put(`/settings/webhooks/${id}`, { ...read, secret: 'fourth' }, inside());
    expect(judged(await next(), isOfHookId, third, 'fourth')).toEqual(withNewAlone);
  });

  it('has its tests signed alike, and those of a draft as the draft will be', async () => {
    const { secret } = await rotate();
    await post(`/settings/webhooks/${id}/test`);
    await installation.settled();
    expect(judged(newest(), isOfHookId, SECRET, secret)).toEqual(withBoth);
    for (const [draft, expected] of [
      [{ name: 'Invoices' }, withBoth],
      [{ secret: 'drafted' }, { standard: [false, false], single: [false, false], signatures: 1 }],
    ] as const) {
      await installation.api.put(`/settings/webhooks/${id}/draft`, draft, inside());
      await post(`/settings/webhooks/${id}/draft/test`);
      await installation.settled();
      expect(judged(newest(), isOfHookId, SECRET, secret)).toEqual(expected);
    }
    expect(isStandard('drafted', newest())).toBe(true);
  });

  it('goes on as it was after a restart, with documents that are built again', async () => {
    const { secret } = await rotate();
    await installation.close();
    await installation.loseReadModels();
    await installation.reopen();
    await installation.work();
    expect(judged(await next(), isOfHookId, SECRET, secret)).toEqual(withBoth);
    await installation.pass(HOUR);
    expect(judged(await next(), isOfHookId, SECRET, secret)).toEqual(withNewAlone);
  });
});

describe('a location whose secret is rotated', () => {
  const next = () => publishTo(event(workspace, { type: 'booking-create', data: { Id: 1 } }));
  const rotate = (overlapSeconds?: number) => post(`/workspaces/${workspace}/rotate-secret`, { overlapSeconds });
  let before: string;
  beforeEach(async () => {
    const { businessId } = (await installation.api.get(`/workspaces/${workspace}`)).data;
    await post('/api/sys/webhooks', { BusinessId: businessId, Name: 'Bookings', Action: 6, URL: receiver.url });
    before = (await installation.api.get(`/workspaces/${workspace}/secret`)).data.secret;
  });

  it('has its alerts signed with both secrets until the overlap ends, and with the new one from then on', async () => {
    const { secret, previousUntil } = await rotate(3_600);
    expect(previousUntil).toBe(new Date(installation.clock.now() + HOUR).toISOString());
    expect(judged(await next(), isOfBody, before, secret)).toEqual(withBoth);
    await installation.pass(HOUR - 1);
    expect(judged(await next(), isOfBody, before, secret)).toEqual(withBoth);
    await installation.pass(1);
    expect(judged(await next(), isOfBody, before, secret)).toEqual(withNewAlone);
  });

  it('has them signed with the new one at once where there is no overlap, or no longer one', async () => {
    const { secret } = await rotate();
    expect(judged(await next(), isOfBody, before, secret)).toEqual(withNewAlone);
    await rotate(3_600);
    const { secret: third } = await rotate(0);
    expect(judged(await next(), isOfBody, secret, third)).toEqual(withNewAlone);
  });
});
