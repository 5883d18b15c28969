import type { SendMailOptions } from 'nodemailer';
import { isAddress, senderOf, type Sender } from './address.ts';
import { MailRefused, MailUnavailable, type Mail, type Mailer, type Receipt } from './port.ts';

type Adapter = {
  /** Rejects with the errors of `Mailer.send`. */
  readonly handOver: (message: SendMailOptions, mail: Mail) => Promise<Receipt>;
  /** Nothing is being handed over any more. */
  readonly end: () => void;
};

/**
 * What mailers have in common, whatever they hand mails over to.
 * @throws {TypeError} for a sender that is no address.
 */
export function mailer(mailFrom: string, { handOver, end }: Adapter): Mailer {
  const from = senderOf(mailFrom);
  const sending = new Set<Promise<Receipt>>();
  let closed = false;
  return {
    send: async (mail) => {
      check(mail);
      if (closed) throw new MailUnavailable('No more mails are sent: this is being shut down.');
      const handingOver = handOver(compose(from, mail), mail);
      sending.add(handingOver);
      return handingOver.finally(() => sending.delete(handingOver));
    },
    close: async () => {
      closed = true;
      await Promise.allSettled(sending);
      end();
    },
  };
}

const LONGEST_MESSAGE_ID = 200;
/** It becomes a header and the name of a file: it has nothing in it that either could mistake. */
const MESSAGE_ID = /^[A-Za-z0-9_+=-]+(\.[A-Za-z0-9_+=-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/;

export const isMessageId = (text: string): boolean => text.length <= LONGEST_MESSAGE_ID && MESSAGE_ID.test(text);

function check({ messageId, to, subject }: Mail): void {
  if (!isMessageId(messageId)) throw new MailRefused('The message id is not of the form local@domain.');
  if (!isAddress(to)) throw new MailRefused('The mail is for something that is not one address.');
  if (/[\p{Cc}\u2028\u2029]/u.test(subject)) throw new MailRefused('The subject is not one line of text.');
}

/** The envelope, too, is made of the checked addresses: what a composer would find in a header is not looked at. */
const compose = (from: Sender, { messageId, to, subject, text, html }: Mail): SendMailOptions => ({
  from: { ...from },
  to: { name: '', address: to },
  envelope: { from: from.address, to: [to] },
  messageId: `<${messageId}>`,
  subject,
  text: withLineBreaks(text),
  html: withLineBreaks(html),
  // Keeps lines short, blanks at their ends, and the source of a mail readable.
  encoding: 'quoted-printable',
  xMailer: false,
  disableFileAccess: true,
  disableUrlAccess: true,
});

const withLineBreaks = (text: string) => text.replace(/\r\n|\r|\n/g, '\r\n');
