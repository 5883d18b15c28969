import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mail, MAIL_FROM } from '../contract.ts';
import { openMailer } from '../open-mailer.ts';
import { MailUnavailable } from '../port.ts';
import { SmtpCatcher } from './smtp-catcher.ts';

describe('a mail server of specs', () => {
  let catcher: SmtpCatcher;
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  beforeEach(async () => {
    unhandled.length = 0;
    process.on('unhandledRejection', note);
    catcher = await SmtpCatcher.start();
  });
  afterEach(async () => {
    await catcher.stop();
    process.off('unhandledRejection', note);
  });
  const takesTheNext = async () => {
    const mailer = openMailer({ smtpUrl: catcher.url, mailFrom: MAIL_FROM, folder: '' });
    await mailer.send(mail());
    await mailer.close();
    expect(catcher.caught).toHaveLength(1);
    expect(unhandled).toEqual([]);
  };

  it.each(['destroy', 'resetAndDestroy', 'end'] as const)(
    'is not bothered by a client that dies in the middle of a mail (%s)',
    async (end) => {
      const client = connect(catcher.port, '127.0.0.1').on('error', () => undefined);
      await once(client, 'data');
      for (const line of ['HELO me', 'MAIL FROM:<a@b.example>', 'RCPT TO:<c@d.example>', 'DATA']) {
        client.write(`${line}\r\n`);
        await once(client, 'data');
      }
      await new Promise<void>((written) => client.write('Subject: Half a mail\r\n\r\nHalf', () => written()));
      client[end]();
      await takesTheNext();
    },
  );

  it('does not take a mail while what it waits for fails', async () => {
    catcher.hold(() => Promise.reject(new Error('What is looked at has been closed.')));
    const mailer = openMailer({ smtpUrl: catcher.url, mailFrom: MAIL_FROM, folder: '' });
    await expect(mailer.send(mail())).rejects.toThrow(MailUnavailable);
    await mailer.close();
    catcher.hold(() => Promise.resolve());
    await takesTheNext();
  });
});
