import { describeMailer, MAIL_FROM } from '../contract.ts';
import { SmtpCatcher } from '../testing/smtp-catcher.ts';
import { openSmtpMailer } from './smtp-mailer.ts';

describeMailer('SMTP', async () => {
  const catcher = await SmtpCatcher.start();
  return {
    mailer: openSmtpMailer({ smtpUrl: catcher.url, mailFrom: MAIL_FROM }),
    arrived: async () => catcher.caught.map(({ raw }) => raw),
    dispose: () => catcher.stop(),
  };
});
