import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Stores } from '../../../platform/processing/testing/stores.ts';
import type { OweNotice } from '../notice/notice.commands.ts';
import { EXPIRES_AT } from '../notice/testing/notices.ts';
import { NoticeRig } from './testing/notice-rig.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

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

const withdrawal = (changes: Partial<OweNotice['data']> = {}) => {
  rig.clock.advance(MINUTE);
  return rig.owe({ noticeId: 'n-9', milestone: 'withdrawal', newest: '2026-01-01', staleAt: null, ...changes });
};
const untold = [{ type: 'NoticeSkipped', data: { reason: 'untold' } }];
const sent = [{ type: 'NoticeSent' }];
const become = async (noticeId = 'n-9') => {
  await rig.settled();
  return rig.history(noticeId);
};

describe('a withdrawal that is owed along with the announcement', () => {
  it('is sent, since those whom it is for have just been told', async () => {
    for (let n = 1; n <= 5; n++) await rig.owe({ noticeId: `n-${n}`, address: `a${n}@customer.example` });
    await withdrawal({ address: 'a5@customer.example' });
    await rig.start();
    expect(await become()).toMatchObject(sent);
  });
});

describe('that a version does not expire after all', () => {
  beforeEach(() => rig.start());

  it.each(['announcement', 'reminder'] as const)('is sent to those who had the %s', async (milestone) => {
    await rig.owe({ milestone });
    expect(await become('n-1')).toMatchObject(sent);
    await rig.withdraw();
    await withdrawal({ address: 'Ada@Customer.example' });
    expect(await become()).toMatchObject(sent);
    expect(rig.mails().at(-1)?.subject).toBe('Webhook version 2026-01-01 does not expire on 1 May 2027');
  });

  it('is not sent to those who were not told that it would', async () => {
    await rig.owe({ address: 'bob@customer.example' });
    await rig.owe({ noticeId: 'n-2', version: '2026-11-01', expiresAt: 0 });
    await become();
    await rig.withdraw();
    await withdrawal();
    expect(await become()).toMatchObject(untold);
  });

  it('is not sent to those who could not be told while the mail server was down', async () => {
    rig.server.current.answer('DATA', 451, '4.3.0 Not today');
    await rig.owe();
    await become();
    await rig.withdraw();
    await withdrawal();
    expect(await become()).toMatchObject(untold);
    rig.server.current.takeAgain();
    await rig.pass(DAY);
    expect(await rig.history('n-1')).toMatchObject([{ type: 'NoticeFailed' }, { data: { reason: 'void' } }]);
    expect(rig.arrived()).toEqual([]);
  });

  it('is sent once for each time that they were told', async () => {
    await rig.owe();
    await become();
    await rig.withdraw();
    await withdrawal();
    expect(await become()).toMatchObject(sent);
    await withdrawal({ noticeId: 'n-10', expiresAt: EXPIRES_AT + DAY });
    expect(await become('n-10')).toMatchObject(untold);
  });

  it('names the date that they were told, though it was postponed since then', async () => {
    await rig.owe();
    await become();
    await rig.postpone(EXPIRES_AT + DAY);
    await rig.withdraw();
    await withdrawal({ expiresAt: EXPIRES_AT + DAY });
    expect(await become()).toMatchObject(sent);
    expect(rig.mails().at(-1)?.subject).toBe('Webhook version 2026-01-01 does not expire on 1 May 2027');
  });

  it('is sent for webhooks that are on the version that was withdrawn, too', async () => {
    await rig.owe();
    await become();
    await rig.move(1);
    await rig.withdraw();
    await withdrawal();
    expect(await become()).toMatchObject(sent);
  });
});
