import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  deliveries as deliveryDocuments,
  type DeliveryDocument,
} from '../../libs/modules/delivery/delivery/deliveries.projection.ts';
import { lanes } from '../../libs/modules/delivery/lanes/lanes.projection.ts';
import { StoreUnavailable } from '../../libs/platform/event-store/index.ts';
import type { ProjectionRunner } from '../../libs/platform/processing/index.ts';
import { createWebhook, events, idsOf, publish, registerWorkspace, webhookBody } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { turns } from '../support/turns.ts';
import { HeldOutbound } from './held-outbound.ts';

const MINUTE = 60_000;
const URL = 'http://127.0.0.1:9/hook';
let installation: Installation;
let outbound: HeldOutbound;
let deliveries: Pick<ProjectionRunner<DeliveryDocument, never>, 'start' | 'stop' | 'documents'>;

beforeEach(async () => {
  outbound = new HeldOutbound();
  installation = await Installation.open({ outbound, env: { RETRY_SCHEDULE: '0,60,300,1800' } });
  await registerWorkspace(installation.api, 'workspace');
  deliveries = await installation.server.projections.runner(deliveryDocuments);
});
afterEach(async () => {
  outbound.letGo();
  await installation.dispose();
});

/** Everything is fanned out and in the documents; nothing is sent yet. */
async function owe(...list: object[]): Promise<void> {
  for (let from = 0; from < list.length; from += 1_000)
    await publish(installation.api, ...list.slice(from, from + 1_000));
  await installation.server.sagas.start();
  await fannedOut();
}
async function fannedOut(): Promise<void> {
  await installation.server.sagas.caughtUp();
  await installation.server.projections.caughtUp();
}

describe('a sender', () => {
  it('begins with four in flight to a webhook, and adds one with each success up to its concurrency', async () => {
    await createWebhook(installation.api, 'workspace', URL);
    await owe(...events(60));
    await installation.server.sender.start();
    await outbound.begins(4);
    await installation.quiet();
    const inFlight = [outbound.inFlight.size];
    for (let successes = 0; successes < 14; successes++) {
      [...outbound.inFlight][0]?.answer();
      await installation.quiet();
      inFlight.push(outbound.inFlight.size);
    }
    expect(inFlight).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 16, 16]);
    outbound.letGo();
    await installation.settled();
    expect(outbound.begun).toHaveLength(60);
    expect(outbound.most.ofAnUrl).toBe(16);
  });

  it('sends the test of a webhook that it comes to know of later than of the test', async () => {
    await installation.work();
    const { follower } = await installation.server.projections.resident(lanes);
    await follower?.stop();
    const creating = createWebhook(installation.api, 'workspace', URL);
    const { documents } = deliveries;
    while ((await documents.count()) === 0) await turn();
    follower?.start();
    await creating;
    await installation.settled();
    const { items } = await documents.find({ limit: 10 });
    expect(items.map(({ document }) => [document.kind, document.outcome])).toEqual([['test', 'succeeded']]);
  });

  it('has at most 256 in flight to one origin', async () => {
    for (let n = 0; n < 80; n++) await createWebhook(installation.api, 'workspace', `${URL}/${n}`);
    await owe(...events(4));
    await installation.server.sender.start();
    await outbound.begins(256);
    await installation.quiet();
    expect(outbound.inFlight.size).toBe(256);
    outbound.letGo();
    await installation.settled();
    expect(outbound.begun).toHaveLength(320);
    expect(outbound.most.inAll).toBe(256);
  });

  it('lets a webhook whose receiver hangs have its share and no more', async () => {
    const others = Array.from({ length: 10 }, (_, n) => `${URL}/${n}`);
    for (const url of others) await createWebhook(installation.api, 'workspace', url);
    await owe(...events(40));
    await installation.server.sender.start();
    await outbound.begins(40);
    const hanging = others[0] ?? '';
    const answerOthers = () =>
      [...outbound.inFlight].filter(({ url }) => url !== hanging).forEach((held) => held.answer());
    while (outbound.begun.length < 9 * 40 + 4) {
      answerOthers();
      await turn();
    }
    expect([...outbound.inFlight].filter(({ url }) => url === hanging)).toHaveLength(4);
  });
});

describe('a delivery that was finished', () => {
  it.each([200, 500])('with %i beyond the checkpoint of the documents is not sent again', async (statusCode) => {
    const webhookId = await createWebhook(installation.api, 'workspace', URL);
    const list = events(3);
    await owe(...list);
    await deliveries.stop();
    await installation.server.sender.start();
    await outbound.begins(3);
    outbound.letGo(statusCode);
    await installation.server.sender.idle();
    // The lane changes, so the sender reads what is due again: all of it, as far as the documents know.
    const headers = { Workspace: 'workspace' };
    const body = webhookBody(URL, { name: 'renamed' });
    await installation.api.put(`/settings/webhooks/${webhookId}`, body, { headers });
    await installation.quiet();
    await installation.server.sender.idle();
    expect(outbound.begun.sort()).toEqual(idsOf(list).sort());
    await deliveries.start();
    await installation.settled();
    expect(outbound.begun).toHaveLength(3);
    await installation.pass(2 * MINUTE);
    expect(outbound.begun).toHaveLength(statusCode === 200 ? 3 : 6);
  });

  it('and stored while the documents are read is not sent again', async () => {
    const webhookId = await createWebhook(installation.api, 'workspace', URL);
    const [only] = events(1);
    await owe(only ?? {});
    await installation.server.sender.start();
    await outbound.begins(1);
    const find = deliveries.documents.find.bind(deliveries.documents);
    let answer: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (answer = resolve));
    let reading = false;
    deliveries.documents.find = async (query) => {
      const page = await find(query);
      reading = true;
      await slow;
      return page;
    };
    const headers = { Workspace: 'workspace' };
    await installation.api.put(`/settings/webhooks/${webhookId}`, webhookBody(URL, { name: 'renamed' }), { headers });
    while (!reading) await turn();
    outbound.letGo();
    await installation.quiet();
    answer();
    deliveries.documents.find = find;
    await installation.settled();
    expect(outbound.begun).toEqual([only?.id]);
  });

  it('does not hide those behind it for long, however many there are', async () => {
    await createWebhook(installation.api, 'workspace', URL);
    const list = events(1_100);
    await owe(...list);
    await deliveries.stop();
    outbound.holds = false;
    outbound.statusCode = 500;
    await installation.server.sender.start();
    await installation.server.sender.idle();
    expect(outbound.begun.length).toBeLessThan(1_100);
    await deliveries.start();
    await installation.settled();
    expect(outbound.begun.sort()).toEqual(idsOf(list).sort());
  });
});

describe('a sender that stops', () => {
  it('waits for what is in flight, records it, and begins nothing more', async () => {
    await createWebhook(installation.api, 'workspace', URL);
    await owe(...events(40));
    const { sender } = installation.server;
    await sender.start();
    await outbound.begins(4);
    let stopped = false;
    const stopping = sender.stop().then(() => (stopped = true));
    await installation.quiet();
    expect(stopped).toBe(false);
    outbound.letGo();
    await stopping;
    await installation.quiet();
    expect(outbound.begun).toHaveLength(4);
    const succeeded = { field: 'outcome', eq: 'succeeded' };
    expect(await deliveries.documents.count([{ field: 'kind', eq: 'event' }, succeeded])).toBe(4);
    await sender.start();
    await installation.settled();
    expect(new Set(outbound.begun).size).toBe(40);
    expect(outbound.begun).toHaveLength(40);
  });
});

describe('a store that cannot write', () => {
  it('does not cost an outcome, and nothing is sent twice for it', async () => {
    await createWebhook(installation.api, 'workspace', URL);
    const list = events(5);
    await owe(...list);
    await installation.server.sender.start();
    await outbound.begins(4);
    const store = installation.parts.eventStore;
    const append = store.append.bind(store);
    let refused = 0;
    store.append = () => {
      refused++;
      return Promise.reject(new StoreUnavailable('The disk is full.'));
    };
    outbound.letGo();
    while (refused < 10) await turn();
    store.append = append;
    await installation.settled();
    expect(outbound.begun.sort()).toEqual(idsOf(list).sort());
    expect(await deliveries.documents.count([{ field: 'outcome', eq: 'unfinished' }])).toBe(0);
  });
});

describe('a delivery that is due later', () => {
  it('wakes the sender at that instant, and nothing is read before', async () => {
    await createWebhook(installation.api, 'workspace', URL);
    const [only] = events(1);
    await owe(only ?? {});
    outbound.letGo(500);
    await installation.server.sender.start();
    await installation.settled();
    const { clock } = installation;
    const [stored] = (await deliveries.documents.find({ where: [{ field: 'kind', eq: 'event' }] })).items;
    const dueAt = stored?.document.dueAt ?? 0;
    expect(dueAt).toBeGreaterThanOrEqual(clock.now() + MINUTE);
    expect(clock.nextTimer()).toBe(dueAt);

    let reads = 0;
    const find = deliveries.documents.find.bind(deliveries.documents);
    deliveries.documents.find = (query) => {
      reads++;
      return find(query);
    };
    while (clock.now() < dueAt - 1) {
      clock.advanceTo(Math.min(clock.now() + 1_000, dueAt - 1));
      await turns(3);
    }
    expect(reads).toBe(0);
    clock.advanceTo(dueAt);
    await installation.settled();
    expect(outbound.begun).toEqual([only?.id, only?.id]);
  });
});
