import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createWebhook, events, idsOf, publish, registerWorkspace, webhookBody } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { turns } from '../support/turns.ts';
import { HeldOutbound } from './held-outbound.ts';
import { History, OTHER, refuseFanOut, STRICT } from './strict-history.ts';

const headers = { Workspace: 'workspace' };

describe('a strictly ordered webhook', () => {
  let installation: Installation;
  let outbound: HeldOutbound;
  beforeEach(async () => {
    outbound = new HeldOutbound();
    installation = await Installation.start({ outbound, env: { RETRY_SCHEDULE: '0,60,300,1800' } });
    await registerWorkspace(installation.api, 'workspace');
  });
  afterEach(async () => {
    outbound.letGo();
    await installation.dispose();
  });
  const change = async (id: string, delivery: object) => {
    const body = webhookBody(STRICT, { delivery });
    const { status } = await installation.api.put(`/settings/webhooks/${id}`, body, { headers });
    expect(status).toBe(200);
    await installation.quiet();
  };

  it('keeps the order though a later event is fanned out first, and others do not wait for that', async () => {
    outbound.letGo();
    await createWebhook(installation.api, 'workspace', STRICT, { delivery: { strictOrder: true } });
    await createWebhook(installation.api, 'workspace', OTHER);
    await installation.settled();
    const list = events(20);
    const ids = idsOf(list);
    const refused = new Set([ids[3], ids[11]]);
    refuseFanOut(installation, (id) => refused.delete(id));
    await publish(installation.api, ...list);
    await installation.settled();
    expect(outbound.begunAt(STRICT)).toEqual(ids);
    expect(outbound.begunAt(OTHER)).not.toEqual(ids);
    expect(outbound.begunAt(OTHER).sort()).toEqual([...ids].sort());
  });

  it('that has just become one waits for what is in flight, and for that of it which fails', async () => {
    const id = await createWebhook(installation.api, 'workspace', STRICT);
    await installation.settled();
    const list = events(10);
    const ids = idsOf(list);
    await publish(installation.api, ...list);
    await outbound.begins(4);
    await change(id, { strictOrder: true });
    outbound.holds = false;
    for (const { id: eventId, answer } of [...outbound.inFlight]) answer(eventId === ids[1] ? 500 : 200);
    await installation.settled();
    expect(outbound.begun).toEqual(ids.slice(0, 4));
    await installation.pass(70_000);
    expect(outbound.begun).toEqual([...ids.slice(0, 4), ids[1], ...ids.slice(4)]);
  });

  it('that has just become one takes no other way to what is due', async () => {
    outbound.letGo(500);
    const id = await createWebhook(installation.api, 'workspace', STRICT);
    await installation.settled();
    const list = events(10);
    const ids = idsOf(list);
    await change(id, { strictOrder: true });
    await publish(installation.api, ...list);
    await installation.settled();
    expect(outbound.begun).toEqual([ids[0]]);
    outbound.letGo();
    await installation.pass(70_000);
    expect(outbound.begun).toEqual([ids[0], ...ids]);
  });

  it('is held up by what was redelivered, held, and released with it, as by any other that fails', async () => {
    outbound.letGo(500);
    const delivery = { strictOrder: true, onExhausted: 'continue', schedule: [0, 60] };
    const id = await createWebhook(installation.api, 'workspace', STRICT, { delivery });
    await installation.settled();
    const [first, second] = events(2);
    await publish(installation.api, first ?? {});
    await installation.pass(70_000);
    const { data } = await installation.api.get(`/deliveries?event=${first?.id}`);
    expect((await installation.api.post(`/deliveries/${data.items[0].id}/redeliver`)).status).toBe(202);
    await installation.settled();
    await publish(installation.api, second ?? {});
    await installation.settled();
    expect(outbound.begun).toEqual([first?.id, first?.id, first?.id, second?.id]);
    await installation.api.post(`/settings/webhooks/${id}/disable`, {}, { headers });
    const held = { held: 'release' };
    expect((await installation.api.post(`/settings/webhooks/${id}/enable`, held, { headers })).status).toBe(200);
    await installation.settled();
    expect(outbound.begun.slice(4)).toEqual([first?.id]);
    outbound.letGo();
    await installation.pass(70_000);
    expect(outbound.begun.slice(4)).toEqual([first?.id, first?.id, second?.id]);
  });

  it('that is one no more sends what waited, once', async () => {
    outbound.letGo(500);
    const id = await createWebhook(installation.api, 'workspace', STRICT, { delivery: { strictOrder: true } });
    await installation.settled();
    const list = events(300);
    const ids = idsOf(list);
    await publish(installation.api, ...list);
    await installation.settled();
    expect(outbound.begun).toEqual([ids[0]]);
    outbound.letGo();
    await change(id, { strictOrder: false });
    await installation.settled();
    expect(outbound.begun).toHaveLength(300);
    await installation.pass(70_000);
    expect([outbound.begun.length, new Set(outbound.begun).size]).toEqual([301, 300]);
  });

  it('is asked for redeliveries out of order, and they hold up nothing', async () => {
    outbound.letGo();
    const id = await createWebhook(installation.api, 'workspace', STRICT, { delivery: { strictOrder: true } });
    const first = events(3);
    await publish(installation.api, ...first);
    await installation.settled();
    outbound.statusCode = 500;
    const { data } = await installation.api.get(`/deliveries?webhook=${id}&event=${first[1]?.id}`);
    const { status } = await installation.api.post(`/deliveries/${data.items[0].id}/redeliver`);
    expect(status).toBe(202);
    await installation.settled();
    expect(outbound.begun.slice(3)).toEqual([first[1]?.id]);
    outbound.statusCode = 200;
    const next = events(5);
    await publish(installation.api, ...next);
    await installation.settled();
    expect(outbound.begun.slice(4)).toEqual(idsOf(next));
  });
});

type Step = { readonly name: string; readonly run: (history: History) => Promise<void> };
const step = (weight: number, name: string, run: Step['run']) => ({
  arbitrary: fc.constant<Step>({ name, run }),
  weight,
});
const publishing = fc.integer({ min: 1, max: 25 }).map((count): Step => {
  return { name: `publish ${count}`, run: (history) => history.publish(count) };
});
const passing = fc.integer({ min: 1, max: 5_000 }).map((ms): Step => {
  return { name: `pass ${ms} ms`, run: (history) => history.installation.pass(ms) };
});
const steps = (off: boolean) =>
  fc.array(
    fc.oneof(
      { arbitrary: publishing, weight: 6 },
      { arbitrary: passing, weight: 4 },
      step(1, 'publish 260', (history) => history.publish(260)),
      step(2, 'settle', (history) => history.settle()),
      step(2, 'some turns', () => turns(30)),
      step(2, 'restart', (history) => history.restart()),
      step(off ? 2 : 0, 'disable or enable', (history) => history.toggle()),
      step(2, 'change', (history) => history.change()),
    ),
    { minLength: 6, maxLength: 16 },
  );

const check = (attempts: number, mostFailures: number, off: boolean) =>
  fc.assert(
    fc.asyncProperty(steps(off), fc.integer(), async (list, seed) => {
      const history = new History(seed, attempts, mostFailures);
      try {
        await history.begin();
        for (const each of list) await each.run(history);
        await history.end();
        await history.settle();
        expect(history.faults).toEqual([]);
        const lost = (id: string) => (history.failures.get(id) ?? 0) < attempts;
        const received = new Set(history.received);
        expect(history.received).toEqual(history.owed.filter((id) => received.has(id)));
        expect(history.owed.filter((id) => !received.has(id) && lost(id))).toEqual([]);
      } finally {
        await history.installation.dispose();
      }
    }),
    { numRuns: 8, endOnFailure: true },
  );

describe('a strictly ordered webhook whose receiver fails at random, while much else happens', () => {
  it('receives everything once, in the order of publication, and no other waits for it', async () => {
    await check(20, 6, true);
  }, 300_000);

  it('receives what is not exhausted in the order of publication, if it is to continue', async () => {
    await check(3, 100, false);
  }, 300_000);
});
