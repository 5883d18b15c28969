import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '../../../platform/event-store/index.ts';
import { headerOf, readMail } from '../../../platform/mail/testing/read-mail.ts';
import { SmtpCatcher } from '../../../platform/mail/testing/smtp-catcher.ts';
import { gate, Stores } from '../../../platform/processing/testing/stores.ts';
import { BEGIN } from '../notice/testing/notices.ts';
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

describe('a notice that is owed', () => {
  it('is sent at once, once, with a Message-ID made of its id', async () => {
    await rig.start();
    await rig.owe();
    await rig.settled();
    expect(rig.arrived()).toEqual([toAda]);
    expect(await rig.history()).toMatchObject([
      { type: 'NoticeSent', data: { address: ADA, attempt: 1, place: `127.0.0.1:${rig.server.current.port}` } },
    ]);
    expect(await rig.document()).toMatchObject({ status: 'sent', sentAt: BEGIN, dueAt: null });
    await rig.pass(48 * HOUR);
    expect(rig.arrived()).toHaveLength(1);
  });

  it('says what its milestone is about', async () => {
    await rig.start();
    await rig.owe({ milestone: 'reminder' });
    await rig.settled();
    const [caught] = rig.server.current.caught;
    const mail = readMail(caught?.raw ?? Buffer.alloc(0));
    expect(headerOf(mail, 'subject')).toEqual(['Reminder: webhook version 2026-01-01 expires on 1 May 2027']);
    expect(mail.text).toContain('https://hooks.example/settings/webhooks/{id}/draft');
    expect(mail.html).toContain('https://customer.example/1');
  });

  it('before the start is sent then, the longest owed first', async () => {
    rig.clock.advance(HOUR);
    const now = rig.clock.now();
    for (let n = 0; n < 7; n++) await rig.owe({ noticeId: `n-${n}`, address: `a${n}@customer.example` }, now - n);
    await rig.start();
    await rig.settled();
    const addresses = rig.arrived().map((line) => line.slice(0, 2));
    expect(addresses).toEqual(['a6', 'a5', 'a4', 'a3', 'a2', 'a1', 'a0']);
  });

  it('waits until the one before is recorded', async () => {
    for (let n = 0; n < 5; n++) await rig.owe({ noticeId: `n-${n}`, address: `a${n}@customer.example` });
    const recorded: number[] = [];
    rig.server.current.hold(async () => {
      recorded.push((await Promise.all([0, 1, 2, 3, 4].map((n) => rig.history(`n-${n}`)))).flat().length);
    });
    await rig.start();
    await rig.settled();
    expect(recorded).toEqual([0, 1, 2, 3, 4]);
  });

  it('is recorded as the system, under the trace of what made it due', async () => {
    await rig.start();
    await rig.owe();
    await rig.settled();
    const [, sent] = await stores.events.readStream('notice-n-1');
    expect(sent?.metadata).toEqual({ at: BEGIN, actor: 'system', traceId: 'trace' });
  });
});

describe('a notice that the server', () => {
  it('refuses is not tried again', async () => {
    rig.server.current.answer(ADA, 550, '5.1.1 No such user');
    await rig.start();
    await rig.owe();
    await rig.settled();
    await rig.pass(48 * HOUR);
    const error = 'The mail server refuses the mail: 550 5.1.1 No such user';
    expect(await rig.history()).toMatchObject([
      { type: 'NoticeFailed', data: { attempt: 1, refused: true, nextAttemptAt: null, error } },
    ]);
    expect(await rig.document()).toMatchObject({ status: 'refused', dueAt: null });
  });

  it('does not take now is tried again when its time has come, and not before', async () => {
    rig.server.current.answer(ADA, 451, '4.7.1 Try again later');
    await rig.start();
    await rig.owe();
    await rig.settled();
    expect(await rig.document()).toMatchObject({ status: 'pending', attempts: 1, dueAt: BEGIN + MINUTE });
    await rig.pass(MINUTE - 1);
    expect(await rig.history()).toHaveLength(1);
    await rig.pass(1);
    expect(await rig.document()).toMatchObject({ attempts: 2, dueAt: BEGIN + 6 * MINUTE });
    rig.server.current.takeAgain();
    await rig.pass(5 * MINUTE);
    expect(rig.arrived()).toEqual([toAda]);
    expect(await rig.document()).toMatchObject({ status: 'sent', attempts: 3, sentAt: BEGIN + 6 * MINUTE });
  });

  it('is not there to take is sent when it is up again, whoever sends by then', async () => {
    await rig.start();
    const { port } = rig.server.current;
    await rig.server.current.stop();
    await rig.owe();
    await rig.settled();
    const lastError = 'The mail server does not take mails now: ECONNREFUSED';
    expect(await rig.document()).toMatchObject({ status: 'pending', attempts: 1, lastError });
    rig.server.current = await SmtpCatcher.start({ port });
    await rig.restart();
    await rig.settled();
    expect(rig.arrived()).toEqual([]);
    await rig.pass(MINUTE);
    expect(rig.arrived()).toEqual([toAda]);
  });

  it('did not take is neither tried early nor forgotten by a sender that is told again what was before', async () => {
    rig.server.current.answer(ADA, 451, '4.7.1 Try again later');
    await rig.start();
    await rig.owe();
    await rig.settled();
    const document = await rig.document();
    if (!document) throw new Error('It was owed.');
    rig.tell({ ...document, attempts: 0, dueAt: BEGIN });
    await rig.settled();
    expect(await rig.history()).toHaveLength(1);
    await rig.pass(MINUTE);
    expect(await rig.history()).toHaveLength(2);
  });

  it('never takes is given up', async () => {
    rig.server.current.answer('DATA', 451, '4.3.0 Not today');
    await rig.start();
    await rig.owe();
    await rig.settled();
    for (let n = 0; n < 10; n++) await rig.pass(24 * HOUR);
    expect(await rig.document()).toMatchObject({ status: 'failed', attempts: 9, dueAt: null });
    expect(rig.clock.nextTimer()).toBeUndefined();
  });
});

describe('a mail that was handed over', () => {
  it('is not sent again because it could not be recorded at once', async () => {
    let failing = 1;
    const before = async () => {
      if (failing-- > 0) throw new StoreUnavailable('The disk is full.');
    };
    await rig.start({ appending: { before } });
    await rig.owe();
    await rig.settled();
    expect(rig.arrived()).toEqual([toAda]);
    expect(await rig.history()).toMatchObject([{ type: 'NoticeSent', data: { attempt: 1 } }]);
  });

  it.each(['sent', 'unavailable'])(
    'or not, is recorded once though nobody knows whether it was (%s)',
    async (outcome) => {
      let failing = 1;
      const after = async () => {
        if (failing-- > 0) throw new StoreUnavailable('The store has vanished.');
      };
      if (outcome === 'unavailable') rig.server.current.answer(ADA, 451, '4.7.1 Try again later');
      await rig.start({ appending: { after } });
      await rig.owe();
      await rig.settled();
      expect(await rig.history()).toMatchObject([{ data: { attempt: 1 } }]);
    },
  );

  it('and not recorded when the process died is sent once more, with the same Message-ID', async () => {
    const dying = gate();
    await rig.start({
      appending: {
        before: async () => {
          dying.open();
          throw new StoreUnavailable('This process is about to die.');
        },
      },
    });
    await rig.owe();
    await rig.owe({ noticeId: 'n-2', milestone: 'reminder', address: 'bob@customer.example' });
    await dying.opened;
    await rig.restart();
    await rig.settled();
    expect(rig.arrived()).toEqual([toAda, toAda, 'bob@customer.example <notice.n-2@sender.example>']);
    await rig.restart();
    await rig.settled();
    expect(rig.arrived()).toHaveLength(3);
  });

  it('is waited for by a stop, and recorded', async () => {
    const held = gate();
    rig.server.current.hold(() => held.opened);
    await rig.start();
    await rig.owe();
    await rig.until(() => rig.server.current.connections === 1);
    const stopped = rig.sender.stop();
    held.open();
    await stopped;
    expect(rig.arrived()).toEqual([toAda]);
    expect(await rig.history()).toMatchObject([{ type: 'NoticeSent' }]);
  });
});
