import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeMailer, mail, MAIL_FROM } from '../contract.ts';
import { MailUnavailable } from '../port.ts';
import { headerOf, readMail } from '../testing/read-mail.ts';
import { openEmlFolder } from './eml-folder.ts';

const namesIn = (folder: string) => readdir(folder).catch(() => []);

describeMailer('files', async () => {
  const root = await mkdtemp(join(tmpdir(), 'carillon-'));
  const folder = join(root, 'data', 'mail');
  return {
    mailer: openEmlFolder({ folder, mailFrom: MAIL_FROM }),
    arrived: async () => Promise.all((await namesIn(folder)).map((name) => readFile(join(folder, name)))),
    dispose: () => rm(root, { recursive: true }),
  };
});

describe('a mail in a folder', () => {
  let root: string;
  let folder: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'carillon-'));
    folder = join(root, 'mail');
  });
  afterEach(() => rm(root, { recursive: true }));
  const open = () => openEmlFolder({ folder, mailFrom: MAIL_FROM });

  it('is a file of its message id, for this user alone, and the receipt says where', async () => {
    const { place } = await open().send(mail());
    expect(place).toBe(join(folder, 'notice-1@sender.example.eml'));
    expect((await stat(place)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('is one file, of the last time, however often and from wherever it was sent', async () => {
    const [here, elsewhere] = [open(), open()];
    const again = Array.from({ length: 20 }, (_, n) => (n % 2 ? here : elsewhere).send(mail({ subject: `Take ${n}` })));
    await Promise.all(again);
    await here.send(mail({ subject: 'The last' }));
    expect(await namesIn(folder)).toEqual(['notice-1@sender.example.eml']);
    const [subject] = headerOf(readMail(await readFile(join(folder, 'notice-1@sender.example.eml'))), 'subject');
    expect(subject).toBe('The last');
  });

  it('is to be repeated when the folder cannot be made', async () => {
    await writeFile(folder, 'in the way');
    const failure = await open()
      .send(mail())
      .then(undefined, (error: unknown) => error);
    expect(failure).toBeInstanceOf(MailUnavailable);
    expect(failure).toMatchObject({
      message: expect.stringContaining(join(folder, 'notice-1@sender.example.eml')),
      reason: 'The mail cannot be written to a file: EEXIST',
    });
    await rm(folder);
    await open().send(mail());
  });

  it('leaves nothing behind when its name is taken by something else', async () => {
    await mkdir(join(folder, 'notice-1@sender.example.eml', 'full'), { recursive: true });
    await expect(open().send(mail())).rejects.toThrow(MailUnavailable);
    expect(await namesIn(folder)).toEqual(['notice-1@sender.example.eml']);
  });
});
