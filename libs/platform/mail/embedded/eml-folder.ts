import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { mailer } from '../mailer.ts';
import { MailUnavailable, type Mailer } from '../port.ts';

export type EmlFolderOptions = {
  /** Made with the first mail when it is missing. */
  readonly folder: string;
  readonly mailFrom: string;
};

/**
 * Writes each mail to `<messageId>.eml`, an RFC 5322 message: whole or not at all, and one file however often it is sent.
 * @throws {TypeError} for a sender that is no address.
 */
export function openEmlFolder({ folder, mailFrom }: EmlFolderOptions): Mailer {
  const composer = createTransport({ streamTransport: true, buffer: true });
  return mailer(mailFrom, {
    handOver: async (message, { messageId }) => {
      const file = join(folder, `${messageId}.eml`);
      const { message: bytes } = await composer.sendMail(message);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeWhole(file, bytes as Buffer);
      } catch (error) {
        const { code = 'unknown', message: details } = error as NodeJS.ErrnoException;
        const reason = `The mail cannot be written to a file: ${code}`;
        throw new MailUnavailable(`${file} cannot be written: ${details}`, { reason, cause: error });
      }
      return { place: file };
    },
    end: () => composer.close(),
  });
}

/** Written beside under a name of its own: another process may be writing the same mail. */
async function writeWhole(file: string, bytes: Buffer): Promise<void> {
  const beside = `${file}.${randomUUID()}.new`;
  try {
    await writeFile(beside, bytes, { mode: 0o600, flag: 'wx', flush: true });
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
