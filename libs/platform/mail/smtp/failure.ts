import type { NodemailerError } from 'nodemailer';
import { MailRefused, MailUnavailable } from '../port.ts';

/** Answers to this client rather than to the mail: another password or another try may do (503 is a session out of step). */
const ABOUT_THE_SESSION = [503, 530, 534, 535, 538];
const ANYBODY = 'The mail server';

export type Server = { readonly host: string; readonly port: number };

/** What the server, or the way to it, failed with. */
export function failureOf(error: unknown, server: Server): MailRefused | MailUnavailable {
  const { code, responseCode, message = '' } = error as Partial<NodemailerError>;
  const aboutMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  const forGood = responseCode === undefined || (responseCode >= 500 && !ABOUT_THE_SESSION.includes(responseCode));
  const [whole, answer] = [oneLine(message), answerIn(error as Partial<NodemailerError>, server.host)];
  const place = `${server.host}:${server.port}`;
  const of = (said: (who: string, what: string) => string) =>
    [said(place, whole), { reason: said(ANYBODY, answer), cause: error }] as const;
  if (aboutMail && forGood) return new MailRefused(...of((who, what) => `${who} refuses the mail: ${what}`));
  if (code === 'EABORT') return new MailUnavailable(...of((who) => `${who} did not take the mail in time.`));
  return new MailUnavailable(...of((who, what) => `${who} does not take mails now: ${what}`));
}

/** The server's own words, but for its name; of the way to it, only the code of what failed. */
function answerIn({ code = 'unknown', originalCode = code, response }: Partial<NodemailerError>, host: string): string {
  if (response === undefined || response === '') return originalCode;
  return oneLine(response).replace(nameOf(host), '(this server)');
}

/** Neither as a part of another name, nor in an address. A host that is but a word is one only with its port. */
const nameOf = (host: string): RegExp => {
  const port = /[.:]/.test(host) ? '(:\\d+)?' : ':\\d+';
  return new RegExp(`(?<![\\w@.-])${host.replaceAll('.', '\\.')}${port}(?![\\w-]|\\.\\w)`, 'gi');
};

const oneLine = (text: string) => text.replace(/\p{Cc}+/gu, ' ').trim();
