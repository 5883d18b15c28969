import { openEmlFolder } from './embedded/eml-folder.ts';
import type { Mailer } from './port.ts';
import { openSmtpMailer } from './smtp/smtp-mailer.ts';

export type MailerOptions = {
  /** Empty for mails as files. */
  readonly smtpUrl: string;
  readonly mailFrom: string;
  /** Where the files are; not touched with an `smtpUrl`. */
  readonly folder: string;
};

/** @throws {TypeError} for a URL or a sender of another form. */
export const openMailer = ({ smtpUrl, mailFrom, folder }: MailerOptions): Mailer =>
  smtpUrl === '' ? openEmlFolder({ folder, mailFrom }) : openSmtpMailer({ smtpUrl, mailFrom });
