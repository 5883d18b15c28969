import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Installation } from '../../../../../test/support/installation.ts';
import { headerOf, readMail, type ReadMail } from '../../../../platform/mail/testing/read-mail.ts';

/** The mails of an installation that keeps them as files, to this address, the newest last. */
export async function mailsTo({ folder }: Installation, address: string): Promise<ReadMail[]> {
  const mails = join(folder, 'mail');
  const names = (await readdir(mails).catch(() => [])).filter((name) => name.endsWith('.eml'));
  const read = await Promise.all(
    names.map(async (name) => {
      const path = join(mails, name);
      return { mail: readMail(await readFile(path)), at: (await stat(path, { bigint: true })).mtimeNs };
    }),
  );
  return read
    .filter(({ mail }) => headerOf(mail, 'to').join().includes(address))
    .sort((a, b) => Number(a.at - b.at))
    .map(({ mail }) => mail);
}

/** What is after # in their links. */
export const tokensTo = async (installation: Installation, address: string): Promise<string[]> =>
  (await mailsTo(installation, address)).flatMap(({ text }) => /\/console\/password#(\S+)/.exec(text ?? '')?.[1] ?? []);
