import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig, type Config } from '../../../libs/platform/config/index.ts';
import { domainOf, isAddress } from '../../../libs/platform/mail/address.ts';
import { MailRefused, MailUnavailable } from '../../../libs/platform/mail/index.ts';
import { openMailer } from '../../../libs/platform/mail/open-mailer.ts';
import { DONE, FAILED, WrongUsage, type Command } from '../command.ts';

export const sendTestMail: Command = {
  summary: 'Sends a mail as the server would, and says where it went.',
  usage: '<address>',
  run: async (args, env, out) => {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
    const [to, ...more] = positionals;
    if (to === undefined || more.length > 0) throw new WrongUsage('Say one address to send it to.');
    if (!isAddress(to)) throw new WrongUsage(`${to} is not an address.`);
    const config = readConfig(env);
    const { smtpUrl, mailFrom, dataDir } = config;
    const mailer = openMailer({ smtpUrl, mailFrom, folder: join(dataDir, 'mail') });
    try {
      const { place } = await mailer.send({ ...testMail(config), to });
      out.say(
        smtpUrl === ''
          ? `Written to ${place}. Mails are sent once SMTP_URL is set.`
          : `${place} has taken the mail for ${to}.`,
      );
      return DONE;
    } catch (error) {
      if (!(error instanceof MailRefused) && !(error instanceof MailUnavailable)) throw error;
      out.complain(error.message);
      return FAILED;
    } finally {
      await mailer.close();
    }
  },
};

const testMail = ({ mailFrom }: Config) => ({
  messageId: `test-${randomUUID()}@${domainOf(mailFrom)}`,
  subject: 'A test mail from Carillon',
  text: 'Carillon can send mail to this address.\n\nSomebody asked for this with: carillon send-test-mail\n',
  html: '<p>Carillon can send mail to this address.</p><p>Somebody asked for this with: <code>carillon send-test-mail</code></p>',
});
