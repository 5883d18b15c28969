import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { PARTITION_LEASE_MS } from '../../libs/modules/delivery/send-attempts/served-partitions.ts';
import type { ChangeMessage } from '../../libs/modules/live-changes/follow-changes/change-message.ts';
import { hear } from '../../libs/modules/live-changes/follow-changes/testing/heard.ts';
import { bystander } from '../../libs/platform/leases/index.ts';
import { ADMIN, CLIENT } from '../support/client.ts';
import { events, idsOf, publish, webhookBody } from '../support/api.ts';
import { turns } from '../support/turns.ts';
import { ServerGroup, type Member } from './server-group.ts';

const URLS = Array.from({ length: 24 }, (_, n) => `http://127.0.0.1:9/hook${n}`);
/** From the last renewal of a lease until an attempt could outlast it. */
const NO_LONGER_SAFE_S = (PARTITION_LEASE_MS - 16_000) / 1_000;
const headers = { Workspace: 'workspace' };
let group: ServerGroup;
beforeEach(async () => void (group = await ServerGroup.start()));
afterEach(() => group.dispose());

const alerts = () => group.attempts.filter(({ id }) => id.startsWith('evt'));
const attemptsAt = (url: string) => alerts().filter((attempt) => attempt.url === url);
const sendersOf = (attempts = alerts()) => [...new Set(attempts.map(({ by }) => by))].sort();
const namesOf = (...members: Member[]) => members.map(({ name }) => name).sort();
async function publishTo(count: number): Promise<string[]> {
  const list = events(count);
  await publish(group.installation.api, ...list);
  return idsOf(list);
}
async function webhooks(urls = URLS, delivery: object = {}): Promise<void> {
  for (const url of urls) await group.webhook(url, delivery);
}

describe('several processes on the same stores', () => {
  it('share the webhooks, and everything that is owed arrives once', async () => {
    const [second, third] = [await group.join(), await group.join()];
    await group.balanced();
    await webhooks();
    const ids = await publishTo(20);
    await group.until(() => alerts().length >= ids.length * URLS.length);
    await group.settled();
    for (const url of URLS) {
      const attempts = attemptsAt(url);
      expect(attempts.map(({ id }) => id).sort()).toEqual([...ids].sort());
      expect(sendersOf(attempts)).toHaveLength(1);
    }
    expect(sendersOf()).toEqual(namesOf(group.first, second, third));
  });

  it('go on for one that stops, with all that it served', async () => {
    const [second, third] = [await group.join(), await group.join()];
    await group.balanced();
    await webhooks();
    const before = await publishTo(5);
    await group.until(() => alerts().length >= before.length * URLS.length);
    await group.leave(third);
    const after = await publishTo(5);
    await group.until(() => alerts().length >= 10 * URLS.length);
    await group.settled();
    const ids = [...before, ...after].sort();
    for (const url of URLS)
      expect(
        attemptsAt(url)
          .map(({ id }) => id)
          .sort(),
      ).toEqual(ids);
    const later = alerts().filter(({ id }) => after.includes(id));
    expect(sendersOf(later)).toEqual(namesOf(group.first, second));
  });

  it('go on for one whose leases have run out, which begins nothing more', async () => {
    const second = await group.join();
    await group.balanced();
    await webhooks();
    const before = await publishTo(2);
    await group.until(() => alerts().length >= before.length * URLS.length);
    expect(sendersOf()).toEqual(namesOf(group.first, second));
    await group.settled();
    second.paused = true;
    await group.pass(NO_LONGER_SAFE_S);
    const after = await publishTo(3);
    await group.until(() => alerts().length >= 5 * URLS.length);
    await turns();
    const later = alerts().filter(({ id }) => after.includes(id));
    expect(sendersOf(later)).toEqual(namesOf(group.first));
    second.paused = false;
    await group.balanced();
    const last = await publishTo(2);
    await group.until(() => alerts().length >= 7 * URLS.length);
    await group.settled();
    for (const url of URLS)
      expect(
        attemptsAt(url)
          .map(({ id }) => id)
          .sort(),
      ).toEqual([...before, ...after, ...last].sort());
    expect(sendersOf(alerts().filter(({ id }) => last.includes(id)))).toEqual(namesOf(group.first, second));
  });
});

describe('one webhook, while processes join and leave', () => {
  const [strict = '', narrow = '', paced = ''] = URLS;

  it('has its order, its concurrency and its rate', async () => {
    await group.webhook(strict, { strictOrder: true });
    await group.webhook(narrow, { concurrency: 2 });
    await group.webhook(paced, { ratePerSecond: 2, burst: 3 });
    await webhooks(URLS.slice(3));
    const most = new Map<string, number>();
    group.outbound.onBegun = ({ url }) =>
      most.set(
        url,
        Math.max(most.get(url) ?? 0, group.outbound.inFlightAt(url).filter((held) => held.url === url).length),
      );
    const ids: string[] = [];
    const others: Member[] = [];
    for (let round = 0; round < 6; round++) {
      ids.push(...(await publishTo(4)));
      if (round % 3 === 2) await group.leave(others.shift() as Member);
      else others.push(await group.join());
      await group.pass(3);
    }
    await group.until(() => alerts().length >= ids.length * URLS.length);
    await group.settled();
    for (const url of URLS)
      expect(
        attemptsAt(url)
          .map(({ id }) => id)
          .sort(),
      ).toEqual([...ids].sort());
    expect(attemptsAt(strict).map(({ id }) => id)).toEqual(ids);
    expect(most.get(strict)).toBe(1);
    expect(most.get(narrow)).toBeLessThanOrEqual(2);
    const times = attemptsAt(paced).map(({ at }) => at);
    for (const [first, from] of times.entries())
      for (const [last, to] of times.entries())
        if (last > first) expect(last - first + 1).toBeLessThanOrEqual(3 + (2 * (to - from)) / 1_000);
    expect(sendersOf().length).toBeGreaterThan(2);
  });
});

describe('a process that serves the API only', () => {
  it('answers what was written a moment ago, and leaves all work to others', async () => {
    const { parts } = group.installation;
    const config = { ...parts.config, roles: ['api' as const] };
    const member = await group.join({ config, ownerships: () => bystander });
    const api = axios.create({
      baseURL: member.url,
      headers: { ...headers, Authorization: String(group.installation.api.defaults.headers['Authorization']) },
      validateStatus: () => true,
    });
    const made = await api.post<{ id: string }>('/settings/webhooks', webhookBody(URLS[0] ?? ''));
    expect(made.status).toBe(201);
    expect((await api.get(`/settings/webhooks/${made.data.id}`)).status).toBe(200);
    const [only] = events(1);
    expect((await api.post('/events', only)).status).toBe(202);
    expect((await api.get(`/events/${only?.id}`)).status).toBe(200);
    await group.until(() => alerts().length >= 1);
    await group.settled();
    expect(sendersOf()).toEqual(namesOf(group.first));
    const list = await api.get<{ items: { eventId: string; status: string }[] }>('/deliveries');
    expect(list.data.items.map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
    expect((await api.get('/health/ready')).data).toMatchObject({ status: 'ready' });
  });

  it('signs people in everywhere, and tells them what changes', async () => {
    const { parts } = group.installation;
    const config = { ...parts.config, roles: ['api' as const] };
    const member = await group.join({ config, ownerships: () => bystander });
    const begun = await axios.post<unknown>(`${member.url}/session`, ADMIN);
    const cookie = { Cookie: begun.headers['set-cookie']?.[0]?.split(';')[0] ?? '', 'Carillon-Console': '1' };
    const ask = async (of: { url: string }, method: string, path: string) =>
      (await axios.request({ method, url: `${of.url}${path}`, headers: cookie, validateStatus: () => true })).status;
    expect(await ask(group.first, 'GET', '/session')).toBe(200);
    const { hearing } = await hear(`${member.url}/changes?workspace=workspace`, cookie);
    await hearing.data('open');
    const told = hearing.until(({ webhooks }: ChangeMessage) => webhooks.length > 0);
    await webhooks(URLS.slice(0, 1));
    const listed = await group.installation.api.get<{ items: { id: string }[] }>('/settings/webhooks', { headers });
    expect((await told).data).toMatchObject({ webhooks: idsOf(listed.data.items) });
    expect(await ask(group.first, 'DELETE', '/session')).toBe(204);
    expect(await ask(member, 'GET', '/session')).toBe(401);
    expect(await hearing.until(() => true, 'end')).toMatchObject({ data: { reason: 'revoked' } });
    hearing.leave();
  });

  it('takes nothing over from one that stops', async () => {
    const { parts } = group.installation;
    const config = { ...parts.config, roles: ['api' as const] };
    const member = await group.join({ config, ownerships: () => bystander });
    await webhooks(URLS.slice(0, 3));
    group.first.paused = true;
    await group.pass(30);
    await publishTo(2);
    await turns(500);
    expect(alerts().filter(({ by }) => by === member.name)).toEqual([]);
    group.first.paused = false;
    await group.until(() => alerts().length >= 6);
    expect(sendersOf()).toEqual(namesOf(group.first));
  });
});

describe('a process that only works', () => {
  it('answers on no path of the API, and says whether it is ready', async () => {
    const { parts } = group.installation;
    const config = { ...parts.config, roles: ['worker' as const] };
    const failures: Error[] = [];
    const member = await group.join({ config, failures: () => failures });
    const worker = axios.create({ baseURL: member.url, validateStatus: () => true });
    const credentials = { client_id: CLIENT.id, client_secret: CLIENT.secret, grant_type: 'client_credentials' };
    expect((await worker.post('/oauth/token', credentials)).status).toBe(404);
    for (const path of ['/events', '/deliveries', '/openapi.json', '/docs', '/', '/health/../events'])
      expect([path, (await worker.get(path)).status]).toEqual([path, 404]);
    expect((await worker.get('/health/live')).status).toBe(200);
    expect(await worker.get('/health/ready')).toMatchObject({ status: 200, data: { status: 'ready' } });
    failures.push(new Error('EventStoreDB at esdb:2113 cannot be reached'));
    const notReady = await worker.get('/health/ready');
    expect(notReady).toMatchObject({ status: 503, data: { status: 'not-ready', reasons: [failures[0]?.message] } });
    failures.pop();
    await group.balanced();
    await webhooks();
    const ids = await publishTo(2);
    await group.until(() => alerts().length >= ids.length * URLS.length);
    expect(sendersOf()).toContain(member.name);
  });
});
