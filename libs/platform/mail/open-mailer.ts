import { openEmlFolder } from './embedded/eml-folder.ts';
import { openEmlOutbox } from './embedded/eml-outbox.ts';
import type { Mailer, MailOutbox } from './port.ts';
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

/** What was written to files; undefined with an `smtpUrl`. */
export const openMailOutbox = ({ smtpUrl, folder }: Omit<MailerOptions, 'mailFrom'>): MailOutbox | undefined =>
  smtpUrl === '' ? openEmlOutbox(folder) : undefined;
