import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { deliveries } from '../../libs/modules/delivery/delivery/deliveries.projection.ts';
import { createWebhook, events, idsOf, publish, registerWorkspace } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { HeldOutbound } from './held-outbound.ts';

const URL = 'http://127.0.0.1:9/hook';
const OTHER = 'http://127.0.0.1:10/other';
const headers = { Workspace: 'workspace' };
let installation: Installation;
let outbound: HeldOutbound;
afterEach(async () => {
  outbound.letGo();
  await installation.dispose();
});

async function start(env: Record<string, string> = {}): Promise<void> {
  outbound = new HeldOutbound();
  installation = await Installation.start({ outbound, env });
  await registerWorkspace(installation.api, 'workspace');
}
/** Everything is fanned out and in the documents, whatever is in flight. */
async function fannedOut(): Promise<void> {
  await installation.server.sagas.caughtUp();
  await installation.server.projections.caughtUp();
}
async function publishAndRecord(count: number): Promise<string[]> {
  const list = events(count);
  await publish(installation.api, ...list);
  await fannedOut();
  return idsOf(list);
}
/** Hook ids of a webhook's deliveries in a status. */
async function deliveriesIn(status: string, webhookId: string): Promise<string[]> {
  const { data } = await installation.api.get(`/deliveries?webhook=${webhookId}&kind=event&status=${status}&limit=200`);
  return (data.items as { eventId: string }[]).map(({ eventId }) => eventId).sort();
}
async function backlogActivity(webhookId: string): Promise<string[]> {
  const { data } = await installation.api.get(`/activity?webhook=${webhookId}&limit=200`);
  const kinds = (data.items as { kind: string }[]).map(({ kind }) => kind);
  return kinds.filter((kind) => kind.startsWith('backlog')).reverse();
}

describe('a webhook that is owed as much as it may be', () => {
  const limited = { MAX_OWED_PER_WEBHOOK: '20' };
  const COUNTED_AGAIN = 10_000;
  async function full(): Promise<{ id: string; owed: string[]; skipped: string[] }> {
    await start(limited);
    const id = await createWebhook(installation.api, 'workspace', URL);
    await installation.settled();
    const owed = await publishAndRecord(20);
    const skipped = await publishAndRecord(30);
    return { id, owed, skipped };
  }

  it('skips what is published then, which is recorded, and said once', async () => {
    const { id, owed, skipped } = await full();
    expect(await deliveriesIn('pending', id)).toEqual([...owed].sort());
    expect(await deliveriesIn('skipped', id)).toEqual([...skipped].sort());
    installation.clock.advance(COUNTED_AGAIN);
    const more = await publishAndRecord(5);
    expect(await deliveriesIn('skipped', id)).toEqual([...skipped, ...more].sort());
    expect(await backlogActivity(id)).toEqual(['backlog-filled']);
    outbound.letGo();
    await installation.settled();
    expect(outbound.begun.sort()).toEqual([...owed].sort());
  });

  it('is owed what is published again once it has been counted and has room, which is said once', async () => {
    const { id } = await full();
    outbound.letGo();
    await installation.settled();
    outbound.forget();
    installation.clock.advance(COUNTED_AGAIN);
    const next = [...(await publishAndRecord(1)), ...(await publishAndRecord(12))];
    await installation.settled();
    expect(outbound.begun.sort()).toEqual(next.sort());
    expect(await backlogActivity(id)).toEqual(['backlog-filled', 'backlog-cleared']);
  });

  it('is not full and cleared in turn as each delivery ends', async () => {
    const { id } = await full();
    [...outbound.inFlight][0]?.answer();
    await installation.quiet();
    installation.clock.advance(COUNTED_AGAIN);
    await publishAndRecord(1);
    expect(await backlogActivity(id)).toEqual(['backlog-filled']);
    expect(await deliveriesIn('skipped', id)).toHaveLength(31);
    [...outbound.inFlight][0]?.answer();
    await installation.quiet();
    installation.clock.advance(COUNTED_AGAIN);
    await publishAndRecord(1);
    expect(await backlogActivity(id)).toEqual(['backlog-filled', 'backlog-cleared']);
    expect(await deliveriesIn('skipped', id)).toHaveLength(31);
  });

  it('is said to have room again also by a process that did not see it fill up', async () => {
    const { id } = await full();
    outbound.letGo();
    await installation.settled();
    await installation.close();
    await installation.reopen();
    await installation.work();
    const [next] = await publishAndRecord(1);
    await installation.settled();
    expect(outbound.begun).toContain(next);
    expect(await backlogActivity(id)).toEqual(['backlog-filled', 'backlog-cleared']);
  });

  it('has it said though the store refuses that at first', async () => {
    await start(limited);
    const id = await createWebhook(installation.api, 'workspace', URL);
    await installation.settled();
    await publishAndRecord(20);
    const store = installation.parts.eventStore;
    const append = store.append.bind(store);
    let refused = 0;
    store.append = (request) => {
      if (request.events[0]?.type !== 'BacklogFilled' || refused > 0) return append(request);
      refused++;
      return Promise.reject(new Error('The disk is full.'));
    };
    const skipped = await publishAndRecord(3);
    expect([refused, await backlogActivity(id)]).toEqual([1, ['backlog-filled']]);
    expect(await deliveriesIn('skipped', id)).toEqual([...skipped].sort());
  });

  it('costs another webhook nothing', async () => {
    await start(limited);
    await createWebhook(installation.api, 'workspace', URL);
    const other = await createWebhook(installation.api, 'workspace', OTHER);
    await installation.settled();
    outbound.answerOf = ({ url }) => (url === OTHER ? 200 : undefined);
    const all: string[] = [];
    for (let n = 0; n < 6; n++) {
      all.push(...(await publishAndRecord(10)));
      await outbound.until(() => outbound.begunAt(OTHER).length === all.length);
      await installation.quiet();
    }
    expect(await deliveriesIn('skipped', other)).toEqual([]);
    expect(outbound.begunAt(OTHER).sort()).toEqual([...all].sort());
  });

  it('gets what was skipped when everything that was not delivered is asked for', async () => {
    const { id, owed, skipped } = await full();
    outbound.letGo();
    await installation.settled();
    const asked = { what: 'not-delivered', ratePerSecond: 1_000 };
    const { status } = await installation.api.post(`/settings/webhooks/${id}/redeliver`, asked, { headers });
    expect(status).toBe(202);
    await installation.pass(60_000);
    expect(outbound.begun.sort()).toEqual([...owed, ...skipped].sort());
    expect(await deliveriesIn('skipped', id)).toEqual([]);
  });

  it('is owed nothing of what was cancelled', async () => {
    await start(limited);
    const delivery = { schedule: [0] };
    const id = await createWebhook(installation.api, 'workspace', URL, { delivery });
    await installation.settled();
    outbound.letGo(500);
    await publish(installation.api, ...events(1));
    await installation.settled();
    for (const count of [19, 1, 4]) await publishAndRecord(count);
    expect([(await deliveriesIn('held', id)).length, (await deliveriesIn('skipped', id)).length]).toEqual([20, 4]);
    expect((await installation.api.post(`/settings/webhooks/${id}/cancel-held`, {}, { headers })).status).toBe(202);
    await installation.settled();
    installation.clock.advance(COUNTED_AGAIN);
    const next = await publishAndRecord(10);
    expect(await deliveriesIn('held', id)).toEqual([...next].sort());
    expect(await backlogActivity(id)).toEqual(['backlog-filled', 'backlog-cleared']);
  });
});

describe('a webhook with a backlog', () => {
  it('is served while more and more is published for it, however slowly documents are stored', async () => {
    await start();
    await createWebhook(installation.api, 'workspace', URL);
    await installation.settled();
    await publishAndRecord(600);
    const { documents } = await installation.server.projections.runner(deliveries);
    const commit = documents.commit.bind(documents);
    documents.commit = async (...given) => {
      const before = published;
      while (published < before + 5 && !ended) await turn();
      return commit(...given);
    };
    let published = 0;
    let ended = false;
    outbound.letGo();
    while (outbound.begun.length < 600 && published < 500) {
      await publish(installation.api, ...events(1));
      published++;
    }
    ended = true;
    expect(outbound.begun.length).toBeGreaterThanOrEqual(600);
    await installation.settled();
    expect([outbound.begun.length, new Set(outbound.begun).size]).toEqual([600 + published, 600 + published]);
  });
});
