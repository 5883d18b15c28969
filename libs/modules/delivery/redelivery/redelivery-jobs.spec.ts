import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decideAndAppend } from '../../../platform/event-store/index.ts';
import { Stores } from '../../../platform/processing/testing/stores.ts';
import { randomIds } from '../../../platform/runtime/index.ts';
import { delivery } from '../delivery/delivery.decider.ts';
import { failed, recordAttempt, success } from '../delivery/testing/delivery-fixtures.ts';
import { laneWith } from '../send-attempts/testing/documents.ts';
import { deliveryOf, RedeliveryRig } from './testing/redelivery-rig.ts';
import { requestOf } from './round-cause.ts';

let stores: Stores;
let rig: RedeliveryRig;
beforeEach(async () => {
  stores = await Stores.open();
  rig = new RedeliveryRig(stores);
});
afterEach(() => stores.dispose());

const nobodyAsked = { requested: 0, passed: 0 };

describe('a job', () => {
  it('asks for the first at once, and for the others at its rate, in the order of their events', async () => {
    await rig.holding(30);
    await rig.start();
    const id = await rig.begin({ ratePerSecond: 10 });
    expect(await rig.asked()).toBe(1);
    await rig.pass(99);
    expect(await rig.asked()).toBe(1);
    await rig.pass(901);
    expect(await rig.asked()).toBe(11);
    const causes = (await rig.documents()).map(({ state }) => state.cause);
    expect(causes).toEqual([...Array<string>(11).fill('release'), ...Array<string>(19).fill('fan-out')]);
    expect(await rig.job(id)).toMatchObject({ status: 'running', requested: 11, passed: 0 });
    await rig.pass(2_000);
    expect(await rig.job(id)).toMatchObject({ status: 'finished', reason: 'done', requested: 30, passed: 0 });
  });

  it.each([
    [1, 4],
    [8, 25],
    [1_000, 190],
  ])('of %i a second asks for no more than that', async (ratePerSecond, afterThreeSeconds) => {
    await rig.holding(190);
    await rig.start();
    await rig.begin({ ratePerSecond });
    await rig.pass(3_000);
    expect(await rig.asked()).toBe(afterThreeSeconds);
  });

  it('asks on behalf of who started it', async () => {
    await rig.holding(1);
    await rig.start();
    await rig.begin();
    const [event] = await stores.events.readStream(`delivery-${deliveryOf('hook', 0)}`);
    expect(event).toMatchObject({
      type: 'RedeliveryRequested',
      data: { cause: 'release', epoch: 2, round: 2 },
      metadata: { actor: 'client:tester', traceId: 'trace' },
    });
  });

  it('for what was not delivered takes what was skipped, and passes what is under way', async () => {
    await rig.webhook('hook');
    await rig.owed('hook', 3, 'skipped');
    const others = { webhookId: 'hook', workspaceId: 'workspace', epoch: 0 };
    const late = { eventId: 'late', eventPosition: 3, type: 'created', eventWorkspaceId: 'child', part: 0 };
    await stores.append('platformEvent-late', { type: 'EventFannedOut', data: { ...late, deliveries: [others] } });
    await rig.start();
    const id = await rig.begin({ what: 'not-delivered' });
    await rig.pass(1_000);
    expect(await rig.job(id)).toMatchObject({ status: 'finished', requested: 3, passed: 1 });
    expect((await rig.documents()).map(({ lane }) => lane)).toEqual([
      ...Array<string>(3).fill('redelivery:hook:0'),
      'event:hook:0',
    ]);
  });

  it('leaves alone what was published after it was started', async () => {
    await rig.holding(2);
    await rig.start();
    const id = await rig.begin({ upTo: 0 });
    await rig.pass(1_000);
    expect(await rig.job(id)).toMatchObject({ status: 'finished', requested: 1 });
    expect(await rig.asked()).toBe(1);
  });

  it('that finds nothing to do is finished', async () => {
    await rig.webhook('hook');
    await rig.start();
    const id = await rig.begin();
    expect(await rig.job(id)).toMatchObject({ status: 'finished', reason: 'done', ...nobodyAsked });
  });
});

describe('a job that is ended', () => {
  it('by being cancelled asks for nothing more: the rest stays held', async () => {
    await rig.holding(30);
    await rig.start();
    const id = await rig.begin();
    await rig.pass(1_000);
    await rig.cancel(id);
    await rig.pass(10_000);
    expect(await rig.asked()).toBe(11);
    expect(await rig.job(id)).toMatchObject({ status: 'cancelled', requested: 11 });
  });

  it.each([
    ['WebhookDisabled', 'webhook-disabled'],
    ['WebhookRemoved', 'webhook-removed'],
  ] as const)('by a %s says so', async (type, reason) => {
    await rig.holding(30);
    await rig.start();
    const id = await rig.begin();
    await rig.pass(1_000);
    await stores.append('webhook-hook', {
      type,
      data: { webhookId: 'hook', workspaceId: 'workspace', by: 'admin', epoch: 3 },
    });
    await rig.settled();
    expect(await rig.job(id)).toMatchObject({ status: 'finished', reason, requested: 11 });
    await rig.pass(10_000);
    expect(await rig.asked()).toBe(11);
  });

  it('by its webhook going off before it was looked at asks for nothing', async () => {
    await rig.webhook('hook', 'WebhookDisabled');
    await rig.owed('hook', 3);
    await rig.start();
    const id = await rig.begin();
    expect(await rig.job(id)).toMatchObject({ status: 'finished', reason: 'webhook-disabled', ...nobodyAsked });
  });
});

describe('a job that is interrupted', () => {
  it('by the end of the process goes on where it was', async () => {
    await rig.holding(30);
    await rig.start();
    const id = await rig.begin();
    await rig.pass(500);
    await stores.reopen();
    await rig.start();
    await rig.pass(10_000);
    expect(await rig.job(id)).toMatchObject({ status: 'finished', requested: 30, passed: 0 });
    for (let n = 0; n < 30; n++)
      expect(await stores.events.readStream(`delivery-${deliveryOf('hook', n)}`)).toHaveLength(1);
  });

  it('before its progress was recorded asks again, which changes nothing', async () => {
    await rig.holding(4);
    await rig.start();
    const id = await rig.begin({ ratePerSecond: 1 });
    const [job, documents] = [await rig.job(id), await rig.documents()];
    // As a process that was killed leaves it: asked, delivered, and nothing of it recorded in the job.
    const lane = laneWith({ epoch: 2 });
    for (const document of documents.slice(1, 3)) {
      const request = job && requestOf(job, document, lane, 0);
      if (!request) throw new Error('nothing to ask');
      await decideAndAppend(stores.events, randomIds, delivery, `delivery-${document.deliveryId}`, request);
    }
    await rig.settled();
    await rig.deliver(3);
    await rig.pass(10_000);
    expect(await rig.job(id)).toMatchObject({ status: 'finished', requested: 4, passed: 0 });
    expect((await rig.documents()).map(({ state }) => [state.round, state.attempts])).toEqual([
      [2, 1],
      [2, 1],
      [2, 1],
      [2, 0],
    ]);
  });

  it('for all asks for no success a second time', async () => {
    await rig.webhook('hook');
    await rig.owed('hook', 2);
    await rig.start();
    for (const n of [0, 1]) {
      const of = { deliveryId: deliveryOf('hook', n) };
      await decideAndAppend(
        stores.events,
        randomIds,
        delivery,
        `delivery-${of.deliveryId}`,
        recordAttempt(1, success, of),
      );
    }
    await rig.settled();
    const id = await rig.begin({ what: 'all', ratePerSecond: 1 });
    const [job, documents] = [await rig.job(id), await rig.documents()];
    const request = job && documents[1] && requestOf(job, documents[1], laneWith(), 0);
    if (!request) throw new Error('nothing to ask');
    await decideAndAppend(stores.events, randomIds, delivery, `delivery-${deliveryOf('hook', 1)}`, request);
    await rig.settled();
    const again = { deliveryId: deliveryOf('hook', 1), round: 2 };
    await decideAndAppend(
      stores.events,
      randomIds,
      delivery,
      `delivery-${deliveryOf('hook', 1)}`,
      recordAttempt(2, success, again),
    );
    await rig.pass(10_000);
    expect(await rig.job(id)).toMatchObject({ status: 'finished', requested: 2 });
    expect((await rig.documents()).map(({ state }) => state.round)).toEqual([2, 2]);
  });
});

describe('a delivery that is finished while the job comes to it', () => {
  it('is passed: a success is not sent again', async () => {
    await rig.holding(3);
    await rig.start();
    const id = await rig.begin({ ratePerSecond: 1 });
    const inFlight = { deliveryId: deliveryOf('hook', 2) };
    const stream = `delivery-${inFlight.deliveryId}`;
    await stores.append(stream, failed(1, null, inFlight));
    await decideAndAppend(stores.events, randomIds, delivery, stream, recordAttempt(2, success, inFlight));
    await rig.pass(10_000);
    expect(await rig.job(id)).toMatchObject({ status: 'finished', requested: 2, passed: 1 });
    expect((await rig.documents())[2]).toMatchObject({ outcome: 'succeeded', state: { round: 1 } });
  });
});
