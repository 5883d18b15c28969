import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '../../../platform/event-store/index.ts';
import { SmtpCatcher } from '../../../platform/mail/testing/smtp-catcher.ts';
import { gate, Stores } from '../../../platform/processing/testing/stores.ts';
import { ada } from '../user/testing/people.ts';
import { MailRig } from './testing/mail-rig.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let stores: Stores;
let rig: MailRig;
beforeEach(async () => {
  stores = await Stores.open();
  rig = await MailRig.of(stores);
});
afterEach(async () => {
  await stores.dispose();
  await rig.server.stop();
});

const of = { userId: ada.userId, workspaceId: ada.workspaceId, address: ada.email };

describe('the mail with a password link', () => {
  it('is sent at once, once, and has the link that opens', async () => {
    await rig.start();
    const linkId = await rig.invite();
    await rig.settled();
    expect(rig.mails()).toMatchObject([
      {
        to: ada.email,
        id: `<account.${linkId}@sender.example>`,
        subject: 'You are invited to the webhooks of The company1',
      },
    ]);
    const [token = ''] = rig.tokens();
    expect(await rig.links.open(token, rig.clock.now())).toMatchObject({
      user: { email: ada.email },
      link: { linkId },
    });
    expect(await rig.history(linkId)).toEqual([
      {
        type: 'AccountMailSent',
        data: { ...of, linkId, purpose: 'invitation', attempt: 1, place: `127.0.0.1:${rig.server.port}` },
      },
    ]);
    await rig.pass(7 * DAY);
    expect(rig.mails()).toHaveLength(1);
  });

  it('that was owed before the start is sent then', async () => {
    await rig.invite();
    await rig.start();
    await rig.settled();
    expect(rig.mails()).toHaveLength(1);
  });

  it('is recorded as the system, under the trace of who asked for it', async () => {
    await rig.start();
    const linkId = await rig.invite();
    await rig.settled();
    const [sent] = await stores.events.readStream(`accountMail-${linkId}`);
    expect(sent?.metadata).toMatchObject({ actor: 'system', traceId: 'trace' });
  });

  it('keeps its token out of events and documents', async () => {
    await rig.start();
    await rig.invite();
    await rig.settled();
    const [token = ''] = rig.tokens();
    expect(token).toHaveLength(36 + 1 + 43);
    const events = await stores.events.readStream(`user-${ada.userId}`);
    expect(JSON.stringify(events)).not.toContain(token.split('.')[1]);
  });
});

describe('a mail that the server', () => {
  it('refuses is not tried again', async () => {
    rig.server.answer(ada.email, 550, '5.1.1 No such user');
    await rig.start();
    const linkId = await rig.invite();
    await rig.settled();
    await rig.pass(7 * DAY);
    expect(await rig.history(linkId)).toMatchObject([
      { type: 'AccountMailFailed', data: { attempt: 1, refused: true, nextAttemptAt: null } },
    ]);
  });

  it('does not take now is tried again after growing waits', async () => {
    rig.server.answer(ada.email, 451, '4.7.1 Try again later');
    await rig.start();
    const linkId = await rig.invite();
    await rig.settled();
    await rig.pass(MINUTE - 1);
    expect(await rig.history(linkId)).toHaveLength(1);
    await rig.pass(1);
    expect(await rig.history(linkId)).toHaveLength(2);
    rig.server.takeAgain();
    await rig.pass(5 * MINUTE - 1);
    expect(rig.mails()).toEqual([]);
    await rig.pass(1);
    expect(rig.mails()).toHaveLength(1);
    expect((await rig.history(linkId)).at(-1)).toMatchObject({ type: 'AccountMailSent', data: { attempt: 3 } });
  });

  it('never takes is given up before the link expires', async () => {
    rig.server.answer('DATA', 451, '4.3.0 Not today');
    await rig.start();
    const linkId = await rig.invite();
    await rig.settled();
    for (let n = 0; n < 8; n++) await rig.pass(DAY);
    const [last] = (await rig.history(linkId)).slice(-1);
    expect(last).toMatchObject({ type: 'AccountMailFailed', data: { nextAttemptAt: null } });
    expect(rig.clock.nextTimer()).toBeUndefined();
  });
});

describe('a link that is of no use any more', () => {
  it('is not mailed when it has expired meanwhile', async () => {
    const linkId = await rig.invite();
    rig.clock.advance(7 * DAY);
    await rig.start();
    await rig.settled();
    expect(rig.mails()).toEqual([]);
    expect(await rig.history(linkId)).toEqual([
      { type: 'AccountMailSkipped', data: { ...of, linkId, purpose: 'invitation', reason: 'expired' } },
    ]);
  });

  it('is mailed up to the moment before', async () => {
    await rig.invite();
    rig.clock.advance(7 * DAY - 1);
    await rig.start();
    await rig.settled();
    expect(rig.mails()).toHaveLength(1);
  });

  it('is not mailed when a newer one has replaced it', async () => {
    const old = await rig.invite();
    const newer = await rig.issue('invitation');
    await rig.start();
    await rig.settled();
    expect(rig.mails().map(({ id }) => id)).toEqual([`<account.${newer}@sender.example>`]);
    expect(await rig.history(old)).toMatchObject([{ type: 'AccountMailSkipped', data: { reason: 'void' } }]);
  });

  it('is not mailed to somebody who was removed', async () => {
    const linkId = await rig.invite();
    await rig.remove();
    await rig.start();
    await rig.settled();
    expect(rig.mails()).toEqual([]);
    expect(await rig.history(linkId)).toMatchObject([{ type: 'AccountMailSkipped', data: { reason: 'void' } }]);
  });
});

describe('a link for another password', () => {
  it('is mailed with other words, and ends with its use', async () => {
    await rig.start();
    await rig.invite();
    await rig.settled();
    await rig.redeem();
    await rig.issue('reset');
    await rig.settled();
    expect(rig.mails().at(-1)?.subject).toBe('Choose a new password for the webhook console');
    const token = rig.tokens().at(-1) ?? '';
    await rig.redeem();
    await rig.settled();
    await expect(rig.links.open(token, rig.clock.now())).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('a mail that was handed over', () => {
  it('is not sent again because it could not be recorded at once', async () => {
    let failing = 1;
    const before = async () => {
      if (failing-- > 0) throw new StoreUnavailable('The disk is full.');
    };
    await rig.start({ before });
    const linkId = await rig.invite();
    await rig.settled();
    expect(rig.mails()).toHaveLength(1);
    expect(await rig.history(linkId)).toMatchObject([{ type: 'AccountMailSent', data: { attempt: 1 } }]);
  });

  it.each(['AccountMailSent', 'AccountMailFailed'])(
    'or not, is recorded once though nobody knows whether it was (%s)',
    async (type) => {
      let failing = 1;
      const after = async () => {
        if (failing-- > 0) throw new StoreUnavailable('The store has vanished.');
      };
      if (type === 'AccountMailFailed') rig.server.answer(ada.email, 451, '4.7.1 Try again later');
      await rig.start({ after });
      const linkId = await rig.invite();
      await rig.settled();
      expect(await rig.history(linkId)).toMatchObject([{ type, data: { attempt: 1 } }]);
    },
  );

  it('and not recorded when the process died is sent once more, with the same Message-ID', async () => {
    const dying = gate();
    const before = async () => {
      dying.open();
      throw new StoreUnavailable('This process is about to die.');
    };
    await rig.start({ before });
    const linkId = await rig.invite();
    await dying.opened;
    await rig.restart();
    await rig.settled();
    const id = `<account.${linkId}@sender.example>`;
    expect(rig.mails().map((mail) => mail.id)).toEqual([id, id]);
    await rig.restart();
    await rig.settled();
    expect(rig.mails()).toHaveLength(2);
  });

  it('is waited for by a stop, and recorded', async () => {
    const held = gate();
    rig.server.hold(() => held.opened);
    await rig.start();
    const linkId = await rig.invite();
    await rig.until(() => rig.server.connections === 1);
    const stopped = rig.sender.stop();
    held.open();
    await stopped;
    expect(rig.mails()).toHaveLength(1);
    expect(await rig.history(linkId)).toMatchObject([{ type: 'AccountMailSent' }]);
  });
});

it('a server that is up again gets what is owed, whoever sends by then', async () => {
  await rig.start();
  const { port } = rig.server;
  await rig.server.stop();
  await rig.invite();
  await rig.settled();
  rig.server = await SmtpCatcher.start({ port });
  await rig.restart();
  await rig.pass(MINUTE);
  expect(rig.mails()).toHaveLength(1);
});
