import { describe, expect, it } from '@jest/globals';
import { DONE, FAILED, WRONG_USAGE } from './command.ts';
import { commands } from './commands.ts';
import { run } from './testing/run.ts';

describe('the command line program', () => {
  it('lists its commands when it is asked, and when it is not told which', async () => {
    const asked = await run(['--help']);
    const untold = await run([]);
    for (const name of Object.keys(commands)) expect(asked.said).toMatch(new RegExp(`^  ${name} .*\\.$`, 'm'));
    expect(asked).toMatchObject({ code: DONE, complained: '' });
    expect(untold).toEqual({ code: WRONG_USAGE, said: '', complained: asked.said });
  });

  it('says that it does not know a command', async () => {
    for (const name of ['sing', 'toString', '']) {
      const { code, complained } = await run([name]);
      expect(code).toBe(WRONG_USAGE);
      expect(complained.startsWith(`There is no command ${name}.\nUsage: carillon <command>`)).toBe(true);
    }
  });

  it.each(Object.keys(commands))('says how %s is used', async (name) => {
    expect(await run([name, '--help'])).toMatchObject({ code: DONE, complained: '' });
    const wrong = await run([name, '--no-such-option']);
    expect(wrong.code).toBe(WRONG_USAGE);
    expect(wrong.complained).toMatch(`Usage: carillon ${name}`);
  });

  it('names what is wrong in the environment, and does nothing', async () => {
    const { code, complained } = await run(['send-test-mail', 'a@b.example'], { PORT: 'seventy', SMTP_URL: 'mail' });
    expect(code).toBe(FAILED);
    expect(complained).toMatch(/^The environment has 2 error\(s\):\n {2}PORT: [^]*SMTP_URL: /);
    expect(complained).not.toMatch(/ at /);
  });
});
