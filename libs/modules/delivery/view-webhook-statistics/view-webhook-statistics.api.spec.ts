import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { clientOf, createWebhook, event, publish, registerWorkspace } from '../../../../test/support/api.ts';
import { CLIENT, Installation } from '../../../../test/support/installation.ts';
import { Receiver } from '../../../../test/support/receiver.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-02T09:00:00Z');

let installation: Installation;
let receiver: Receiver;
let hook: string;
let silent: string;
let foreign: string;

const get = (url: string, params: object = {}, api: AxiosInstance = installation.api, workspace?: string) =>
  api.get(url, { params, headers: workspace === undefined ? {} : { Workspace: workspace } });
const view = async (params: object) => (await get('/webhook-statistics', params)).data;
const latest = async (webhooks: string, api?: AxiosInstance, workspace?: string) =>
  (await get('/webhook-statistics/latest', { webhooks }, api, workspace)).data;
const listed = async (...of: Parameters<typeof latest>) =>
  (await latest(...of)).items.map(({ webhookId }: { webhookId: string }) => webhookId);
/** Its answer comes so many ms after the request. */
async function deliver(status: number, ms: number): Promise<void> {
  receiver.answer = () => {
    installation.clock.advance(ms);
    return { status };
  };
  await publish(installation.api, event('company'));
  await installation.settled();
}
const reader = (workspace: string) => clientOf(installation, workspace, ['deliveries:read']);

/** At 9:00 two successes of 200 ms; at 10:00 a failure of 500 ms, which exhausts its delivery; at 11:17 it is now. */
beforeAll(async () => {
  installation = await Installation.start({ env: { RETRY_SCHEDULE: '0' } });
  receiver = await Receiver.start();
  await registerWorkspace(installation.api, 'company');
  await registerWorkspace(installation.api, 'branch', 'company');
  await registerWorkspace(installation.api, 'other');
  hook = await createWebhook(installation.api, 'company', receiver.url, { delivery: { onExhausted: 'continue' } });
  silent = await createWebhook(installation.api, 'branch', receiver.url, { triggers: ['subscription-updated'] });
  foreign = await createWebhook(installation.api, 'other', receiver.url);
  await installation.settled();
  await deliver(200, 200);
  await deliver(204, 200);
  installation.clock.advance(START + HOUR - installation.clock.now());
  await deliver(503, 500);
  installation.clock.advance(START + 2 * HOUR + 17 * 60_000 - installation.clock.now());
});
afterAll(async () => {
  await installation.dispose();
  await receiver.stop();
});

const nothing = { succeeded: 0, failed: 0, exhausted: 0, p50Ms: null, p95Ms: null };
const about = (ms: number) => {
  const [least, most] = [ms / 1.091, ms * 1.091];
  return { asymmetricMatch: (value: unknown) => typeof value === 'number' && value >= least && value <= most };
};

describe('the statistics of a webhook', () => {
  it('are those of the hour that is going on and the 23 before it, tests left out', async () => {
    const statistics = await view({ webhook: hook });
    expect(statistics).toMatchObject({
      webhookId: hook,
      from: '2026-11-01T12:00:00.000Z',
      to: '2026-11-02T12:00:00.000Z',
      totals: { succeeded: 2, failed: 1, exhausted: 1, shareSucceeded: 2 / 3, p50Ms: about(200), p95Ms: about(500) },
      lastAttemptAt: '2026-11-02T10:00:00.500Z',
      lastSuccessAt: '2026-11-02T09:00:00.400Z',
      lastFailure: { at: '2026-11-02T10:00:00.500Z', statusCode: 503, errorClass: 'http-status' },
    });
    const hours = Array.from({ length: 24 }, (_, n) => ({
      hour: new Date(START + (n - 21) * HOUR).toISOString(),
      ...nothing,
    }));
    hours[21] = { ...hours[21], ...{ succeeded: 2, p50Ms: about(200), p95Ms: about(200) } } as never;
    hours[22] = { ...hours[22], ...{ failed: 1, exhausted: 1, p50Ms: about(500), p95Ms: about(500) } } as never;
    expect(statistics.hours).toEqual(hours);
  });

  it('are those of the hours asked for', async () => {
    const { from, to, totals, hours } = await view({
      webhook: hook,
      from: '2026-10-03T00:00:00Z',
      to: '2026-11-02T09:30:00Z',
    });
    expect([from, to]).toEqual(['2026-10-03T00:00:00.000Z', '2026-11-02T10:00:00.000Z']);
    expect(totals).toMatchObject({ succeeded: 2, failed: 0, shareSucceeded: 1 });
    expect(hours).toHaveLength(30 * 24 + 10);
  });

  it('are nothing where nothing was sent', async () => {
    expect(await view({ webhook: silent })).toMatchObject({
      totals: { ...nothing, shareSucceeded: null },
      lastAttemptAt: null,
      lastSuccessAt: null,
      lastFailure: null,
    });
  });

  it.each([
    [{ from: '2026-11-02T09:00:00Z', to: '2026-11-02T09:00:00Z' }, 'to'],
    [{ from: '2026-10-01T00:00:00Z', to: '2026-11-02T00:00:00Z' }, 'from'],
    [{ from: 'yesterday' }, 'from'],
    [{ webhook: undefined }, 'webhook'],
    [{ hours: 3 }, 'hours'],
  ])('cannot be asked for with %j', async (params, field) => {
    const { status, data } = await get('/webhook-statistics', { webhook: hook, ...params });
    expect([status, data.errors?.[0]?.field]).toEqual([400, field]);
  });

  it('are there for who reaches it, in its workspace or without naming one, and else for nobody', async () => {
    const [inCompany, inOther] = [await reader('company'), await reader('other')];
    const statusOf = async (webhook: string, api: AxiosInstance, workspace?: string) =>
      (await get('/webhook-statistics', { webhook }, api, workspace)).status;
    expect(await statusOf(silent, inCompany)).toBe(200);
    expect(await statusOf(silent, inCompany, 'branch')).toBe(200);
    expect(await statusOf(silent, inCompany, 'company')).toBe(404);
    expect(await statusOf(hook, inOther)).toBe(404);
    expect(await statusOf(hook, inOther, 'company')).toBe(404);
    expect(await statusOf('unknown', inCompany)).toBe(404);
  });
});

describe('the latest statistics of webhooks', () => {
  it('are those of the last 24 hours, in the order asked for, each once', async () => {
    expect(await latest([silent, hook, silent].join())).toEqual({
      from: '2026-11-01T12:00:00.000Z',
      to: '2026-11-02T12:00:00.000Z',
      items: [
        {
          ...{ webhookId: silent, succeeded: 0, failed: 0, exhausted: 0, shareSucceeded: null, p95Ms: null },
          ...{ lastAttemptAt: null, lastSuccessAt: null, lastFailure: null },
        },
        {
          ...{ webhookId: hook, succeeded: 2, failed: 1, exhausted: 1, shareSucceeded: 2 / 3, p95Ms: about(500) },
          lastAttemptAt: '2026-11-02T10:00:00.500Z',
          lastSuccessAt: '2026-11-02T09:00:00.400Z',
          lastFailure: { at: '2026-11-02T10:00:00.500Z', statusCode: 503, errorClass: 'http-status' },
        },
      ],
    });
  });

  it('leave out what is out of reach or unknown', async () => {
    const all = [hook, silent, foreign, 'unknown', ''].join();
    expect(await listed(all)).toEqual([hook, silent, foreign]);
    expect(await listed(all, await reader('company'))).toEqual([hook, silent]);
    expect(await listed(all, await reader('branch'))).toEqual([silent]);
    expect(await listed(all, await reader('other'))).toEqual([foreign]);
    expect(await listed(all, installation.api, 'branch')).toEqual([silent]);
    expect((await get('/webhook-statistics/latest', { webhooks: hook }, await reader('other'), 'company')).status).toBe(
      404,
    );
  });

  it('are of 200 webhooks at most', async () => {
    const ids = Array.from({ length: 200 }, (_, n) => `webhook-${n}`);
    expect((await get('/webhook-statistics/latest', { webhooks: ids.join() })).status).toBe(200);
    const { status, data } = await get('/webhook-statistics/latest', { webhooks: [...ids, hook].join() });
    expect([status, data.errors[0].field]).toEqual([400, 'webhooks']);
    expect((await get('/webhook-statistics/latest')).status).toBe(400);
  });
});

/** These change what the others look at. */
describe('what becomes of a webhook later', () => {
  it('is counted soon: whoever redelivers waits until what went before can be read', async () => {
    const { items } = (await get('/deliveries', { webhook: hook, status: 'exhausted' })).data;
    receiver.answer = () => ({ status: 200 });
    expect(
      (await installation.api.post(`/deliveries/${items[0].id}/redeliver`)).headers['carillon-lag'],
    ).toBeUndefined();
    await installation.settled();
    expect((await view({ webhook: hook })).totals).toMatchObject({ succeeded: 3, failed: 1, exhausted: 1 });
  });

  it('leaves what was counted, though it is removed', async () => {
    await installation.api.delete(`/settings/webhooks/${hook}`, { headers: { Workspace: 'company' } });
    expect(await listed(hook)).toEqual([hook]);
    expect((await view({ webhook: hook })).totals.failed).toBe(1);
  });

  it('moves out of the latest statistics after a day', async () => {
    installation.clock.advance(24 * HOUR);
    // Tokens have expired by then.
    installation.api = await installation.as(CLIENT.id, CLIENT.secret);
    const [item] = (await latest(hook)).items;
    expect(item).toMatchObject({ succeeded: 0, failed: 0, lastAttemptAt: '2026-11-02T11:17:00.000Z' });
    expect((await view({ webhook: hook, from: '2026-11-02T00:00:00Z' })).totals).toMatchObject({
      succeeded: 3,
      failed: 1,
    });
  });
});
