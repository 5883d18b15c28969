import { headerOf, readMail } from '../../libs/platform/mail/testing/read-mail.ts';
import type { Caught } from '../../libs/platform/mail/testing/smtp-catcher.ts';
import type { Mail } from './version-lifecycle-oracle.ts';

/** What a reader can tell of a mail. */
export type Received = {
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  /** The names of the webhooks it lists. */
  readonly hooks: readonly string[];
};

/** @throws {Error} if it is not one mail, in two forms that say the same. */
export function received({ raw, to }: Caught): Received {
  const mail = readMail(raw);
  const [[messageId = ''], [subject = '']] = [headerOf(mail, 'message-id'), headerOf(mail, 'subject')];
  const hooks = namesIn(mail.text ?? '');
  const inHtml = hooks.filter((name) => mail.html?.includes(`>${name} `));
  if (inHtml.length < hooks.length) throw new Error(`The HTML of ${subject} lists only ${inHtml.join()}.`);
  const [header = ''] = headerOf(mail, 'to');
  if (to.length !== 1 || header !== to[0]) throw new Error(`A mail to ${to.join()} says that it is to ${header}.`);
  return { messageId, to: header.toLowerCase(), subject, hooks };
}

/** `- name (24 hexadecimal characters)`, each in a line. */
const namesIn = (text: string): string[] =>
  [...text.matchAll(/^- (\S+) \([0-9a-f]{24}\)\r?$/gm)].map(([, name = '']) => name).sort();

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** What has to be read in it. */
export const readable = ({ to, version, milestone, expiresAt, hooks }: Mail): Omit<Received, 'messageId'> => {
  const date = new Date(expiresAt);
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  const sentence = `ebhook version ${version} expires on ${day}`;
  return { to, subject: milestone === 'reminder' ? `Reminder: w${sentence}` : `W${sentence}`, hooks };
};

/** The same mails in the same order, whatever order they came in. */
export const sorted = <T extends { readonly to: string; readonly subject: string }>(mails: readonly T[]): T[] =>
  mails.toSorted((a, b) => (`${a.to} ${a.subject}` < `${b.to} ${b.subject}` ? -1 : 1));
