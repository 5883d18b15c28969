import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SmtpCatcher } from '../../libs/platform/mail/testing/smtp-catcher.ts';

const PROGRAM = join(import.meta.dirname, '../../dist/apps/cli/main.js');

describe('the built program', () => {
  let catcher: SmtpCatcher;
  beforeEach(async () => {
    catcher = await SmtpCatcher.start();
  });
  afterEach(() => catcher.stop());
  const carillon = (...args: string[]) =>
    new Promise((resolve) => {
      const env = { SMTP_URL: catcher.url };
      execFile(process.execPath, [PROGRAM, ...args], { env }, (error, out, err) =>
        resolve({ code: error?.code ?? 0, out, err }),
      );
    });

  it('ends with the exit code of its command, and says what went wrong on standard error', async () => {
    const out = `127.0.0.1:${catcher.port} has taken the mail for me@receiver.example.\n`;
    expect(await carillon('send-test-mail', 'me@receiver.example')).toEqual({ code: 0, out, err: '' });
    const err = 'Say one address to send it to.\nUsage: carillon send-test-mail <address>\n';
    expect(await carillon('send-test-mail')).toEqual({ code: 2, out: '', err });
    catcher.answer('me@receiver.example', 550, 'Nobody here');
    expect(await carillon('send-test-mail', 'me@receiver.example')).toMatchObject({ code: 1, out: '' });
  });
});
