import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { headerOf, readMail } from '../../../libs/platform/mail/testing/read-mail.ts';
import { SmtpCatcher } from '../../../libs/platform/mail/testing/smtp-catcher.ts';
import { DONE, FAILED, WRONG_USAGE } from '../command.ts';
import { run } from '../testing/run.ts';

describe('carillon send-test-mail', () => {
  let DATA_DIR: string;
  let catcher: SmtpCatcher;
  beforeEach(async () => {
    DATA_DIR = await mkdtemp(join(tmpdir(), 'carillon-'));
    catcher = await SmtpCatcher.start();
  });
  afterEach(async () => {
    await catcher.stop();
    await rm(DATA_DIR, { recursive: true });
  });
  const send = (env: Record<string, string> = {}, ...to: string[]) =>
    run(['send-test-mail', ...to], { DATA_DIR, MAIL_FROM: 'Bells <bells@sender.example>', ...env });

  it('sends a mail to the server of SMTP_URL, and says who took it', async () => {
    const { code, said } = await send({ SMTP_URL: catcher.url }, 'me@receiver.example');
    expect(code).toBe(DONE);
    expect(said).toBe(`127.0.0.1:${catcher.port} has taken the mail for me@receiver.example.`);
    expect(catcher.caught).toMatchObject([{ from: 'bells@sender.example', to: ['me@receiver.example'] }]);
    expect(await readdir(DATA_DIR)).toEqual([]);
  });

  it('sends another mail each time', async () => {
    for (const _ of ['once', 'twice']) await send({ SMTP_URL: catcher.url }, 'me@receiver.example');
    const ids = catcher.caught.flatMap(({ raw }) => headerOf(readMail(raw), 'message-id'));
    expect(new Set(ids).size).toBe(2);
  });

  it('writes a file where no SMTP_URL is set, and says which', async () => {
    const { code, said } = await send({}, 'me@receiver.example');
    expect(code).toBe(DONE);
    const [file] = /\S+\.eml/.exec(said) ?? [''];
    expect(file.startsWith(join(DATA_DIR, 'mail'))).toBe(true);
    const written = readMail(await readFile(file));
    expect(headerOf(written, 'from')).toEqual(['Bells <bells@sender.example>']);
    expect(headerOf(written, 'to')).toEqual(['me@receiver.example']);
  });

  it('says why a mail was refused', async () => {
    catcher.answer('me@receiver.example', 550, '5.1.1 Nobody here');
    const { code, said, complained } = await send({ SMTP_URL: catcher.url }, 'me@receiver.example');
    expect({ code, said }).toEqual({ code: FAILED, said: '' });
    expect(complained).toMatch(/^127\.0\.0\.1:\d+ refuses the mail: .*550 5\.1\.1 Nobody here$/);
  });

  it('says why nothing takes it', async () => {
    const { url } = catcher;
    await catcher.stop();
    const { code, complained } = await send({ SMTP_URL: url }, 'me@receiver.example');
    expect(code).toBe(FAILED);
    expect(complained).toMatch(/^127\.0\.0\.1:\d+ does not take mails now: .*ECONNREFUSED/);
    catcher = await SmtpCatcher.start();
  });

  it('says that the sender or the URL are none, without what may be a password', async () => {
    const noSender = await send({ MAIL_FROM: 'nobody' }, 'me@receiver.example');
    expect(noSender).toEqual({ code: FAILED, said: '', complained: expect.stringMatching(/^ *MAIL_FROM/m) });
    const noUrl = await send({ SMTP_URL: 'smtp://me:hunter2@mail.example/path' }, 'me@receiver.example');
    expect(noUrl).toEqual({ code: FAILED, said: '', complained: expect.stringMatching(/^ *SMTP_URL/m) });
    expect(noUrl.complained).not.toMatch('hunter2');
  });

  it.each([[[]], [['me@a.example', 'you@a.example']], [['nobody']], [['Me <me@a.example>']]])(
    'is told one address, not %j',
    async (to) => {
      const { code, complained } = await send({ SMTP_URL: catcher.url }, ...to);
      expect(code).toBe(WRONG_USAGE);
      expect(complained).toMatch(/Usage: carillon send-test-mail <address>$/);
      expect(catcher.caught).toEqual([]);
    },
  );
});
