import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Stores } from '../../../platform/processing/testing/stores.ts';
import { MOST_WORKSPACES } from '../notice/notice.commands.ts';
import { affected } from '../notice/testing/notices.ts';
import { NoticeRig } from './testing/notice-rig.ts';

const MINUTE = 60_000;

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

/** Owed a while ago. */
const owe = (changes: Parameters<NoticeRig['owe']>[0]) => rig.owe(changes, rig.clock.now() - MINUTE);
/** Webhooks 1 to `count`, of which the first `listed` are. */
const oweAbout = async (count: number, listed = count) => {
  for (let n = 2; n <= count; n++) await rig.pin(n);
  const webhooks = Array.from({ length: listed }, (_, n) => affected(n + 1));
  await owe({ webhooks, webhookCount: count });
};
const sending = async () => {
  await rig.start();
  await rig.settled();
  return rig.mails();
};
const namedIn = (text = '') => [...text.matchAll(/webhook-\d+/g)].map(([id]) => id);
const skipped = [{ type: 'NoticeSkipped', data: { reason: 'moved' } }];

it('a mail that is sent at once says what was so when it became due', async () => {
  await rig.pin(2);
  await rig.owe({ webhooks: [affected(1), affected(2)], webhookCount: 2 });
  await rig.move(1);
  const [mail] = await sending();
  expect(namedIn(mail?.text)).toEqual(['webhook-1', 'webhook-2']);
});

describe('a mail that waited', () => {
  it('leaves out webhooks that have moved, or are removed', async () => {
    await oweAbout(4);
    await rig.move(1);
    await rig.remove(3);
    const [mail] = await sending();
    expect(namedIn(mail?.text)).toEqual(['webhook-2', 'webhook-4']);
    expect(mail?.text).not.toContain('… and');
  });

  it('is not sent when none of them is on the version any more', async () => {
    await oweAbout(2);
    await rig.move(1);
    await rig.remove(2);
    expect(await sending()).toEqual([]);
    expect(await rig.history()).toMatchObject(skipped);
  });

  it('is for webhooks that have moved and come back', async () => {
    await oweAbout(1);
    await rig.move(1);
    await rig.move(1, '2026-01-01');
    expect(await sending()).toHaveLength(1);
  });

  it('for the mail server tells of what is so when it is up again', async () => {
    rig.server.current.answer('DATA', 451, '4.3.0 Not today');
    await oweAbout(2);
    expect(await sending()).toEqual([]);
    await rig.move(2);
    rig.server.current.takeAgain();
    await rig.pass(MINUTE);
    expect(rig.mails().map(({ text }) => namedIn(text))).toEqual([['webhook-1']]);
  });

  it('goes by what is stored at that moment, not by what is known already', async () => {
    await rig.start();
    await oweAbout(1);
    await rig.settled();
    await owe({ noticeId: 'n-2', webhooks: [affected(9)] });
    await rig.settled();
    expect(await rig.history('n-2')).toMatchObject(skipped);
    await rig.pin(9);
    await owe({ noticeId: 'n-3', webhooks: [affected(9)] });
    await rig.settled();
    expect(await rig.history('n-3')).toMatchObject([{ type: 'NoticeSent' }]);
  });
});

describe('a mail about more webhooks than it lists', () => {
  it('counts those that are still there, and no others', async () => {
    await rig.pin(20, 'elsewhere');
    await oweAbout(6, 2);
    for (const n of [1, 5]) await rig.move(n);
    const [mail] = await sending();
    expect(namedIn(mail?.text)).toEqual(['webhook-2']);
    expect(mail?.text).toContain('… and 3 more.');
  });

  it('says how many are left when of those that it lists none is', async () => {
    await oweAbout(6, 2);
    for (const n of [1, 2, 3]) await rig.move(n);
    const [mail] = await sending();
    expect(mail?.text).toContain('3 webhooks, none of which is named here.');
  });

  it('is not sent when all of them have moved', async () => {
    await oweAbout(3, 1);
    for (const n of [1, 2, 3]) await rig.move(n);
    expect(await sending()).toEqual([]);
    expect(await rig.history()).toMatchObject(skipped);
  });

  it('of more workspaces than it names takes off what it can tell has moved', async () => {
    await rig.pin(2);
    const workspaceIds = Array.from({ length: MOST_WORKSPACES }, (_, n) => `w${n}`);
    await owe({ webhooks: [affected(1), affected(2)], webhookCount: 5_000, workspaceIds });
    await rig.move(1);
    const [mail] = await sending();
    expect(namedIn(mail?.text)).toEqual(['webhook-2']);
    expect(mail?.text).toContain('… and 4,998 more.');
  });
});
