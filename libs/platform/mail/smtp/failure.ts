import type { NodemailerError } from 'nodemailer';
import { MailRefused, MailUnavailable } from '../port.ts';

/** Answers to this client rather than to the mail: another password or another try may do (503 is a session out of step). */
const ABOUT_THE_SESSION = [503, 530, 534, 535, 538];

/** What the server, or the way to it, failed with. `place` is the server, as host:port. */
export function failureOf(error: unknown, place: string): MailRefused | MailUnavailable {
  const { code, responseCode, message } = error as Partial<NodemailerError>;
  const aboutMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  const forGood = responseCode === undefined || (responseCode >= 500 && !ABOUT_THE_SESSION.includes(responseCode));
  const reason = (message ?? '').replace(/\p{Cc}+/gu, ' ');
  if (aboutMail && forGood) return new MailRefused(`${place} refuses the mail: ${reason}`, { cause: error });
  if (code === 'EABORT') return new MailUnavailable(`${place} did not take the mail in time.`, { cause: error });
  return new MailUnavailable(`${place} does not take mails now: ${reason}`, { cause: error });
}
