import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { ServerProcess } from '../support/server-process.ts';

const NONE = { BOOTSTRAP_CLIENT_ID: '', BOOTSTRAP_CLIENT_SECRET: '' };

describe('a first start', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'carillon-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('makes credentials and shows them once; they work, and later starts neither show nor change them', async () => {
    const first = await ServerProcess.launch(folder, NONE);
    await first.printed(/-d '\{"id":"12345"/);
    const id = /client id +(\S{32})\n/.exec(first.output)?.[1];
    const secret = /client secret +(\S{64})\n/.exec(first.output)?.[1];
    expect(first.output).toContain('The first administrator');
    await first.kill();
    const second = await ServerProcess.launch(folder, NONE);
    const url = await second.url();
    expect(second.output).not.toContain('client secret');
    const credentials = { client_id: id, client_secret: secret, audience: '', grant_type: 'client_credentials' };
    const { data, status } = await axios.post(`${url}/oauth/token`, credentials);
    expect([status, data.token_type, data.expires_in]).toEqual([200, 'Bearer', 86_400]);
    await second.kill();
  });

  it('in production is refused without credentials, since nobody could get a token', async () => {
    const server = await ServerProcess.launch(folder, { ...NONE, NODE_ENV: 'production' });
    expect(await server.ended()).toBe(1);
    expect(server.output).toMatch(/needs BOOTSTRAP_CLIENT_ID and BOOTSTRAP_CLIENT_SECRET/);
  });

  it('with a bad environment is refused with every error at once', async () => {
    const server = await ServerProcess.launch(folder, { PORT: 'seventy', OUTBOUND_ALLOW: 'everything' });
    expect(await server.ended()).toBe(1);
    expect(server.output).toMatch(/2 error\(s\)[^]*PORT: must be a port[^]*OUTBOUND_ALLOW: is not a list of CIDRs/);
  });
});

describe('a data folder', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'carillon-'));
    await (await ServerProcess.start(folder)).kill();
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('that is in use refuses a second process, in a sentence', async () => {
    const first = await ServerProcess.start(folder);
    const second = await ServerProcess.launch(folder);
    expect(await second.ended()).toBe(1);
    expect(second.output).toMatch(/^Another Carillon is running on .*\n$/);
    await first.kill();
  });

  it('without its key, or with another, is not opened and not harmed', async () => {
    const other = await ServerProcess.launch(folder, { ENCRYPTION_KEY: 'ab'.repeat(32) });
    expect(await other.ended()).toBe(1);
    expect(other.output).toContain('ENCRYPTION_KEY is not that of this installation');
    await rm(join(folder, 'encryption.key'));
    const without = await ServerProcess.launch(folder);
    expect(await without.ended()).toBe(1);
    expect(without.output).toMatch(/encryption\.key is missing/);
  });
});
