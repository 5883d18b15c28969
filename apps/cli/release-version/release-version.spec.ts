import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FAILED, WRONG_USAGE } from '../command.ts';
import { run } from '../testing/run.ts';

describe('carillon release-version, where there is no server to ask', () => {
  let folder: string;
  let file: string;
  let stranger: Server;
  let env: Record<string, string>;
  const port = () => (stranger.address() as AddressInfo).port;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'carillon-'));
    file = join(folder, 'release.json');
    await writeFile(file, '{}');
    stranger = createServer((_, response) => void response.end('<html>'));
    await new Promise<void>((listening) => stranger.listen(0, '127.0.0.1', listening));
    env = {
      CARILLON_URL: `http://127.0.0.1:${port()}`,
      CARILLON_CLIENT_ID: 'client',
      CARILLON_CLIENT_SECRET: 'secret',
    };
  });
  afterEach(async () => {
    await new Promise((closed) => stranger.close(closed));
    await rm(folder, { recursive: true });
  });

  it.each([[[]], [['one.json', 'two.json']]])('is told one file, not %j', async (files) => {
    const { code, complained } = await run(['release-version', ...files], env);
    expect(code).toBe(WRONG_USAGE);
    expect(complained).toMatch(/^Say one file.*\nUsage: carillon release-version <file.json> \[--url <url>\]/);
  });

  it('names all that it has to be told', async () => {
    const { code, complained } = await run(['release-version', file], {});
    expect(code).toBe(WRONG_USAGE);
    for (const name of Object.keys(env)) expect(complained).toMatch(name);
    const rest = await run(['release-version', file, '--url', 'http://127.0.0.1:1', '--client-id', 'me'], {});
    expect(rest.complained).toMatch(/^Set --client-secret or CARILLON_CLIENT_SECRET\.\n/);
  });

  it.each(['127.0.0.1:3000', 'carillon', 'ftp://carillon.example'])('is told a URL, not %s', async (url) => {
    const { code, complained } = await run(['release-version', file, '--url', url], env);
    expect([code, complained]).toEqual([WRONG_USAGE, expect.stringContaining(`${url} is no URL`)]);
  });

  it('says why the file is of no use', async () => {
    const missing = await run(['release-version', join(folder, 'none.json')], env);
    expect(missing).toMatchObject({
      code: FAILED,
      complained: expect.stringMatching(/none\.json cannot be read: ENOENT/),
    });
    await writeFile(file, '{ name: ');
    const broken = await run(['release-version', file], env);
    expect(broken).toMatchObject({
      code: FAILED,
      complained: expect.stringMatching(/release\.json cannot be read: .*JSON/),
    });
  });

  it('says who does not answer, and who is no Carillon', async () => {
    const other = await run(['release-version', file], env);
    expect(other).toEqual({
      code: FAILED,
      said: '',
      complained: `${env['CARILLON_URL']}/oauth/token answered 200, and not as Carillon does.`,
    });
    const nobody = await run(['release-version', file, '--url', 'http://127.0.0.1:1/'], env);
    expect(nobody).toMatchObject({
      code: FAILED,
      complained: expect.stringMatching(/^http:\/\/127\.0\.0\.1:1 cannot be asked: /),
    });
    expect(nobody.complained).not.toMatch(/secret| at /);
  });
});
