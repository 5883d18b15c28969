import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AxiosInstance } from 'axios';
import { releases } from '../../libs/modules/version-lifecycle/testing/releases.ts';
import { START } from '../../libs/platform/kernel/index.ts';
import { clientOf, createWebhook, event, publish, registerWorkspace } from '../support/api.ts';
import { CLIENT, Installation } from '../support/installation.ts';
import { Receiver } from '../support/receiver.ts';
import { OpenApi } from './open-api.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let installation: Installation;
/** The engine would refuse it. */
const start = async () => {
  installation = await Installation.start({ env: { CLOCK: 'manual', EVENTSTORE_URL: '' } });
};

const iso = (at: number): string => new Date(at).toISOString();
const now = (): number => installation.clock.now();
const put = (to: unknown, api: AxiosInstance = installation.api) => api.put('/testing/clock', { now: to });

/** With a token of that time: the one before may have expired on the way. */
async function moveTo(at: number): Promise<void> {
  const { status } = await put(iso(at), await installation.as(CLIENT.id, CLIENT.secret));
  expect(status).toBe(200);
  installation.api = await installation.as(CLIENT.id, CLIENT.secret);
}

describe('a clock that is moved by hand', () => {
  beforeAll(start);
  afterAll(() => installation.dispose());

  it("begins at the machine's time, and stands still", async () => {
    expect(Math.abs(Date.now() - now())).toBeLessThan(60_000);
    const { status, data } = await installation.api.get('/testing/clock');
    expect([status, data]).toEqual([200, { now: iso(now()) }]);
  });

  it('says where it was moved to, in UTC, and goes on from there after a restart', async () => {
    const to = Math.ceil(now() / 1_000) * 1_000 + HOUR;
    const { status, data } = await put(iso(to + HOUR).replace('.000Z', '+01:00'));
    expect([status, data]).toEqual([200, { now: iso(to) }]);
    await installation.close();
    await installation.reopen();
    await installation.work();
    expect((await installation.api.get('/testing/clock')).data).toEqual({ now: iso(to) });
  });

  it('tells its time in the Date of every answer', async () => {
    const { headers } = await installation.anonymous().get('/health/live');
    expect(headers['date']).toBe(new Date(now()).toUTCString());
  });

  it('moves forward only', async () => {
    const before = now();
    expect((await put(iso(before - 1))).status).toBe(409);
    expect((await put(iso(before))).status).toBe(200);
    expect(now()).toBe(before);
  });

  it.each<[string, unknown]>([
    ['no date', 'noon'],
    ['a date without a time zone', '2099-01-01T00:00:00'],
    ['a number', 4_070_908_800_000],
    ['nothing', undefined],
    ['more than 100 years', '2199-01-01T00:00:00Z'],
  ])('takes no step to %s', async (_, to) => {
    const before = now();
    const { status, data } = await put(to);
    expect([status, data.errors?.map(({ field }: { field: string }) => field)]).toEqual([400, ['now']]);
    expect(now()).toBe(before);
  });

  it('is moved by a token of the root workspace alone', async () => {
    const before = now();
    await registerWorkspace(installation.api, 'shop');
    const [own, reader] = [
      await clientOf(installation, 'shop', ['versions:write', 'versions:read']),
      await clientOf(installation, 'root', ['versions:read']),
    ];
    const to = iso(before + HOUR);
    const statuses = [own, reader, installation.anonymous()].map(async (api) => (await put(to, api)).status);
    expect(await Promise.all(statuses)).toEqual([403, 403, 401]);
    expect((await own.get('/testing/clock')).data).toEqual({ now: iso(before) });
  });

  it('takes two moves at the same time one after the other', async () => {
    const to = [2 * HOUR, 3 * HOUR, HOUR].map((after) => iso(now() + after));
    const answers = await Promise.all(to.map((each) => put(each)));
    const refused = answers.filter(({ status }) => status === 409);
    expect(answers.filter(({ status }) => status === 200).length + refused.length).toBe(3);
    expect((await installation.api.get('/testing/clock')).data).toEqual({ now: to[1] });
  });

  it('is in the OpenAPI document', async () => {
    const { operations } = await OpenApi.of(installation.anonymous());
    const names = operations.map(({ name }) => name).filter((name) => name.includes('testing'));
    expect(names.sort()).toEqual(['GET /testing/clock', 'PUT /testing/clock']);
  });

  it('takes tokens along', async () => {
    const old = installation.api;
    await moveTo(now() + DAY + HOUR);
    expect((await old.get('/testing/clock')).status).toBe(401);
    expect((await installation.api.get('/testing/clock')).status).toBe(200);
  });
});

describe('what becomes due on the way', () => {
  let receiver: Receiver;
  beforeEach(async () => {
    await start();
    receiver = await Receiver.start();
  });
  afterEach(async () => {
    await installation.dispose();
    await receiver.stop();
  });

  it('has happened when a move is answered: each attempt at its own time', async () => {
    await registerWorkspace(installation.api, 'shop');
    await createWebhook(installation.api, 'shop', receiver.url);
    receiver.answer = () => ({ status: 500 });
    const begun = now();
    const [published] = await publish(installation.api, event('shop'));
    await moveTo(begun + 3 * HOUR);
    expect(receiver.events).toHaveLength(4);
    const { data } = await installation.api.get(`/deliveries?event=${published?.id}`);
    const view = await installation.api.get(`/deliveries/${data.items[0].id}`);
    const waits = view.data.attempts
      .map(({ startedAt }: { startedAt: string }) => Date.parse(startedAt))
      .map((at: number, n: number, all: number[]) => Math.floor((at - (all[n - 1] ?? begun)) / 60_000));
    expect(waits).toEqual([0, 1, 5, expect.any(Number)]);
    expect(waits[3]).toBeGreaterThanOrEqual(30);
    expect(Date.parse(view.data.attempts[3].startedAt)).toBeLessThan(begun + HOUR);
  });

  it('is sent with the second of the machine, which receivers compare with theirs', async () => {
    await registerWorkspace(installation.api, 'shop');
    await createWebhook(installation.api, 'shop', receiver.url);
    await moveTo(now() + 300 * DAY);
    await publish(installation.api, event('shop'));
    await moveTo(now());
    const [alert] = receiver.events;
    expect(Math.abs(Date.now() / 1_000 - Number(alert?.headers['webhook-timestamp']))).toBeLessThan(60);
  });

  it('of the calendar of a version comes on its day: mails, a draft, a pop-up, the end', async () => {
    const adminEmails = 'ann@acme.example';
    const company = { type: 'regular', companyName: 'Shop', displayName: 'Shop', adminEmails };
    await installation.api.post('/workspaces', { ...company, id: 'shop', parentWorkspaceId: '' });
    const id = await createWebhook(installation.api, 'shop', receiver.url);
    const released = await installation.api.post('/versions', releases[0]);
    expect(released.status).toBe(201);
    const { announceAt, remindAt, popupAt, expiresAt, disableAt } = released.data.supersedes;
    await moveTo(Date.parse(popupAt));
    const notifications = await installation.api.get('/notifications');
    expect(notifications.data.items).toMatchObject([{ version: '2026-01-01', expiresAt }]);
    await moveTo(now() + 250 * DAY);
    const mails = (await readdir(join(installation.folder, 'mail'))).filter((name) => name.endsWith('.eml'));
    expect(mails).toHaveLength(2);
    for (const name of mails)
      expect(await readFile(join(installation.folder, 'mail', name), 'utf8')).toContain('ann@acme.example');
    const notices = await installation.api.get('/notices');
    const sent = notices.data.items.map(({ milestone, sentAt }: Record<string, string>) => [milestone, sentAt]);
    expect(sent).toEqual([
      ['reminder', remindAt],
      ['announcement', announceAt],
    ]);
    const { data } = await installation.api.get(`/settings/webhooks/${id}`, { headers: { Workspace: 'shop' } });
    expect(data).toMatchObject({ status: 'disabled', disabledBy: 'expired', hasDraft: true });
    const { events } = await installation.parts.eventStore.readAll({ after: START, limit: 1_000 });
    const cameAt = (type: string) =>
      events.filter((each) => each.type === type).map(({ metadata }) => iso(metadata.at));
    expect(cameAt('DraftCreated')).toEqual([remindAt]);
    expect(cameAt('NotificationDue')).toEqual([popupAt]);
    expect(cameAt('WebhookDisabled')).toEqual([disableAt]);
  });
});
