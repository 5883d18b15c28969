import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Stores } from '../../../platform/processing/testing/stores.ts';
import { MOST_WAITING } from './redelivery-job.ts';
import { RedeliveryRig } from './testing/redelivery-rig.ts';

let stores: Stores;
let rig: RedeliveryRig;
beforeEach(async () => {
  stores = await Stores.open();
  rig = new RedeliveryRig(stores);
});
afterEach(() => stores.dispose());

describe('what a job has asked for of a webhook', () => {
  it('waits in the documents up to a limit, and the job goes on when half of it is delivered', async () => {
    await rig.holding(450);
    await rig.start();
    const id = await rig.begin({ ratePerSecond: 1_000 });
    await rig.pass(10_000);
    expect(await rig.asked()).toBe(MOST_WAITING);
    await rig.deliver(99);
    await rig.pass(10_000);
    expect(await rig.asked()).toBe(MOST_WAITING);
    await rig.deliver(1);
    await rig.pass(10_000);
    expect(await rig.asked()).toBe(MOST_WAITING + 100);
    expect(await rig.job(id)).toMatchObject({ status: 'running', requested: MOST_WAITING + 100 });
  });

  it('does not count what waits for its turn anyway', async () => {
    await rig.holding(300);
    await rig.start();
    const late = { eventId: 'late', eventPosition: 300, type: 'created', eventWorkspaceId: 'child', part: 0 };
    const live = [{ webhookId: 'hook', workspaceId: 'workspace', epoch: 2 }];
    await stores.append('platformEvent-late', { type: 'EventFannedOut', data: { ...late, deliveries: live } });
    await rig.begin({ ratePerSecond: 1_000 });
    await rig.pass(10_000);
    expect(await rig.asked()).toBe(MOST_WAITING);
  });

  it('and is not delivered holds up no other webhook of the workspace', async () => {
    await rig.holding(300, 'stuck');
    await rig.holding(300, 'well');
    await rig.webhook('off', 'WebhookDisabled');
    await rig.start();
    const id = await rig.begin({ webhookId: null, what: 'not-delivered', ratePerSecond: 1_000 });
    await rig.pass(10_000);
    expect([await rig.asked('stuck'), await rig.asked('well')]).toEqual([MOST_WAITING, MOST_WAITING]);
    await rig.deliver(100, 'well');
    await rig.pass(10_000);
    expect([await rig.asked('stuck'), await rig.asked('well')]).toEqual([MOST_WAITING, 300]);
    await rig.deliver(200, 'stuck');
    await rig.pass(10_000);
    expect(await rig.job(id)).toMatchObject({ status: 'finished', reason: 'done', requested: 600, passed: 0 });
  });
});
