import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Stores } from '../../../platform/processing/testing/stores.ts';
import { EXPIRES_AT, STALE_AT } from '../notice/testing/notices.ts';
import { NoticeRig } from './testing/notice-rig.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ADA = 'ada@customer.example';
const toAda = `${ADA} <notice.n-1@sender.example>`;

let stores: Stores;
let rig: NoticeRig;
beforeEach(async () => {
  stores = await Stores.open();
  rig = await NoticeRig.of(stores);
});
afterEach(async () => {
  await stores.dispose();
  await rig.server.current.stop();
});

describe('a notice that nobody wants any more', () => {
  const skipped = (reason: string) => [{ type: 'NoticeSkipped', data: { address: ADA, reason } }];
  const afterAll = async () => {
    await rig.start();
    await rig.settled();
    return { arrived: rig.arrived(), history: await rig.history() };
  };

  it('is skipped when the next milestone has come', async () => {
    await rig.owe();
    rig.clock.advanceTo(STALE_AT);
    expect(await afterAll()).toMatchObject({ arrived: [], history: skipped('overtaken') });
  });

  it('is sent up to the moment before', async () => {
    await rig.owe();
    rig.clock.advanceTo(STALE_AT - 1);
    expect(await afterAll()).toMatchObject({ arrived: [toAda], history: [{ type: 'NoticeSent' }] });
  });

  it('is skipped when its date was postponed', async () => {
    await rig.owe();
    await rig.postpone(EXPIRES_AT + HOUR);
    await rig.owe({ noticeId: 'n-2', expiresAt: EXPIRES_AT + HOUR });
    expect(await afterAll()).toMatchObject({
      arrived: [`${ADA} <notice.n-2@sender.example>`],
      history: skipped('void'),
    });
  });

  it('is skipped when the version does not expire any more', async () => {
    await rig.owe();
    await rig.withdraw();
    expect(await afterAll()).toMatchObject({ arrived: [], history: skipped('void') });
  });

  it('is skipped instead of being tried again', async () => {
    rig.server.current.answer(ADA, 451, '4.7.1 Try again later');
    await rig.start();
    await rig.owe();
    await rig.settled();
    await rig.postpone(EXPIRES_AT + HOUR);
    rig.server.current.takeAgain();
    await rig.pass(MINUTE);
    expect(rig.arrived()).toEqual([]);
    expect(await rig.history()).toMatchObject([{ type: 'NoticeFailed' }, ...skipped('void')]);
  });
});
