import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import axios, { type AxiosResponse } from 'axios';
import { eventStoreDbSearch } from '../../libs/platform/event-store/testing/event-store-db-search.ts';
import { startOwnEngine } from '../../libs/platform/testing/engine.ts';
import { event, registerWorkspace } from '../support/api.ts';
import { ServerProcess } from '../support/server-process.ts';

const PASSWORD = 'correct-horse-battery';
const ENGINES = {
  EventStoreDB: (at: string) => ({ EVENTSTORE_URL: `esdb://someone:${PASSWORD}@${at}?tls=false` }),
  MongoDB: (at: string) => ({
    MONGODB_URL: `mongodb://someone:${PASSWORD}@${at}/carillon?serverSelectionTimeoutMS=500`,
  }),
};
const SETTINGS = { ENCRYPTION_KEY: 'ab'.repeat(32) };
/** An engine that starts, twice, and a server that finds it. */
const LONG_MS = 120_000;
const TRYING = /Trying again until it can/;
const engine = await startOwnEngine(eventStoreDbSearch, 'away at the start of a server, and there later');

let folder: string;
let servers: ServerProcess[];
beforeEach(async () => {
  servers = [];
  folder = await mkdtemp(join(tmpdir(), 'carillon-'));
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.kill()));
  await engine?.kill();
  await rm(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
/** A server that waits for its engine, and where it listens. */
async function waiting(env: Record<string, string>): Promise<{ server: ServerProcess; url: string }> {
  const port = await freePort();
  const server = await ServerProcess.launch(folder, { ...SETTINGS, ...env, PORT: String(port) });
  servers.push(server);
  await server.printed(TRYING);
  const url = `http://127.0.0.1:${port}`;
  // It says so before its port is open.
  await until(async () => (await ask(url, '/health/live')) !== undefined);
  return { server, url };
}
const ask = (url: string, path: string): Promise<AxiosResponse | undefined> =>
  axios.get(`${url}${path}`, { validateStatus: () => true }).catch(() => undefined);
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(20);
}
const isReady = async (url: string) => (await ask(url, '/health/ready'))?.status === 200;

describe.each(Object.entries(ENGINES))('a server whose %s is away at its start', (name, settings) => {
  it('lives, says what it waits for, takes nothing, and ends when it is told to', async () => {
    const at = `127.0.0.1:${await freePort()}`;
    const { server, url } = await waiting(settings(at));
    expect(await ask(url, '/health/live')).toMatchObject({ status: 200, data: { status: 'live' } });
    const ready = await ask(url, '/health/ready');
    expect(ready).toMatchObject({ status: 503, data: { status: 'not-ready', reasons: [expect.stringContaining(at)] } });
    expect(ready?.data.reasons[0]).toContain(name);
    const taken = await axios.post(`${url}/events`, event('workspace'), { validateStatus: () => true });
    expect([taken.status, taken.headers['content-type']]).toEqual([
      503,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(Number(taken.headers['retry-after'])).toBeGreaterThan(0);
    expect(taken.headers['x-coro-trace-id']).toBe(taken.data.traceId);
    expect(taken.data).toMatchObject({ status: 503, detail: expect.stringContaining(name) });
    const said = [server.output, ready?.data, taken.data].map((each) => JSON.stringify(each)).join();
    expect(said).not.toContain(PASSWORD);
    expect(said).not.toContain('someone');
    expect(await server.kill('SIGTERM')).toBe(0);
  });

  it('says so once, however often it tries', async () => {
    const { server, url } = await waiting(settings(`127.0.0.1:${await freePort()}`));
    for (const end = performance.now() + 1_500; performance.now() < end;) await ask(url, '/health/ready');
    expect(server.output.match(new RegExp(TRYING, 'g'))).toHaveLength(1);
  });
});

if (engine)
  describe('a server whose EventStoreDB comes back', () => {
    it(
      'becomes ready without a restart, and so it does again when that goes away meanwhile',
      async () => {
        await engine.kill();
        const { server, url } = await waiting({ EVENTSTORE_URL: engine.url });
        expect(await isReady(url)).toBe(false);
        await engine.start();
        await server.connect();
        await until(() => isReady(url));
        await registerWorkspace(server.api, 'workspace');
        expect((await server.api.post('/events', event('workspace'))).status).toBe(202);
        await engine.kill();
        await until(async () => (await ask(url, '/health/ready'))?.status === 503);
        const ready = await ask(url, '/health/ready');
        expect(ready?.data.reasons[0]).toContain('EventStoreDB');
        const refused = await server.api.post('/events', event('workspace'));
        expect(refused.status).toBe(503);
        expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
        await engine.start();
        await until(() => isReady(url));
        await until(async () => (await server.api.post('/events', event('workspace'))).status === 202);
        expect(await server.kill('SIGTERM')).toBe(0);
      },
      LONG_MS,
    );

    it(
      'is ended by a signal while that is away',
      async () => {
        await engine.start();
        const server = await ServerProcess.start(folder, { ...SETTINGS, EVENTSTORE_URL: engine.url });
        servers.push(server);
        await engine.kill();
        expect(await server.kill('SIGTERM')).toBe(0);
      },
      LONG_MS,
    );
  });
