import type { Logger } from '../runtime/index.ts';
import { MailRefused, MailUnavailable, type Mail, type Mailer } from './port.ts';

const LONGEST_ERROR = 500;

/** `refused`: for good. `error` is for anybody to read. */
export type MailOutcome =
  { readonly is: 'sent'; readonly place: string } | { readonly is: 'refused' | 'unavailable'; readonly error: string };

/** Makes a mail and hands it over. What goes wrong is told, and logged in full with `logged`. */
export async function handOver(mailer: Mailer, make: () => Mail, logger: Logger, logged: object): Promise<MailOutcome> {
  try {
    return { is: 'sent', place: (await mailer.send(make())).place };
  } catch (error) {
    const known = error instanceof MailRefused || error instanceof MailUnavailable;
    // Tenants read it: what else an error says is for the log.
    const reason = known ? error.reason.slice(0, LONGEST_ERROR) : 'The mail could not be made.';
    logger.warn({ err: error, ...logged }, 'mail not sent');
    return { is: error instanceof MailRefused ? 'refused' : 'unavailable', error: reason };
  }
}
