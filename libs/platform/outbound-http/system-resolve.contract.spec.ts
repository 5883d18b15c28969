import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Resolve } from './name-cache.ts';
import { systemResolve } from './system-resolve.ts';
import { NameServer, type Zone } from './testing/name-server.ts';

const servers: NameServer[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

async function resolving(
  zone: Zone,
  hosts = '',
): Promise<{ resolve: Resolve; asked: string[]; askedOfTheMachine: string[] }> {
  const server = new NameServer(zone);
  servers.push(server);
  const folder = await mkdtemp(join(tmpdir(), 'names-'));
  folders.push(folder);
  const hostsFile = join(folder, 'hosts');
  await writeFile(hostsFile, hosts);
  const askedOfTheMachine: string[] = [];
  const resolve = systemResolve({
    servers: [await server.start()],
    hostsFile,
    retryMs: 500,
    ofTheMachine: (hostname) => {
      askedOfTheMachine.push(hostname);
      return Promise.resolve([{ address: '10.0.0.1', family: 4 }]);
    },
  });
  return { resolve, asked: server.asked, askedOfTheMachine };
}

describe('a host name with a dot', () => {
  it('is asked for at the name service: all its addresses of both families, with their lifetimes', async () => {
    const { resolve, askedOfTheMachine } = await resolving({
      'both.example.com': { a: '192.0.2.1', aaaa: '2001:db8:0:0:0:0:0:1', ttl: 42 },
      'one.example.com': { aaaa: '2001:db8:0:0:0:0:0:2', ttl: 7 },
    });

    expect(await resolve('both.example.com')).toEqual([
      { address: '192.0.2.1', family: 4, ttl: 42 },
      { address: '2001:db8::1', family: 6, ttl: 42 },
    ]);
    expect(await resolve('one.example.com')).toEqual([{ address: '2001:db8::2', family: 6, ttl: 7 }]);
    expect(askedOfTheMachine).toEqual([]);
  });

  it('that the name service does not know is left to the machine, which may have a search domain', async () => {
    const { resolve, askedOfTheMachine } = await resolving({});
    expect(await resolve('receiver.apps')).toEqual([{ address: '10.0.0.1', family: 4 }]);
    expect(askedOfTheMachine).toEqual(['receiver.apps']);
  });

  it('for which the name service fails is not left to the machine, which could only ask it again and wait', async () => {
    const { resolve, askedOfTheMachine } = await resolving({ 'broken.example.com': { aaaa: 'failing' } });
    await expect(resolve('broken.example.com')).rejects.toMatchObject({ code: 'ESERVFAIL' });
    expect(askedOfTheMachine).toEqual([]);
  });

  it('of which one family cannot be told has the addresses of the other', async () => {
    const { resolve } = await resolving({ 'half.example.com': { a: '192.0.2.1', aaaa: 'failing' } });
    expect(await resolve('half.example.com')).toEqual([{ address: '192.0.2.1', family: 4, ttl: 0 }]);
  });

  it('that is in the hosts file is left to the machine', async () => {
    const hosts = '127.0.0.1 localhost\n10.0.0.1\tpinned.example.com  Alias.example.com # other.example.com\n';
    const found = { a: '192.0.2.1' };
    const { resolve, asked } = await resolving({ 'pinned.example.com': found, 'other.example.com': found }, hosts);

    for (const name of ['pinned.example.com', 'alias.example.com']) {
      expect(await resolve(name)).toEqual([{ address: '10.0.0.1', family: 4 }]);
    }
    expect(asked).toEqual([]);
    expect(await resolve('other.example.com')).toEqual([{ address: '192.0.2.1', family: 4, ttl: 0 }]);
  });

  it('is resolved while many others are dead, which hold no thread', async () => {
    const dead = Array.from({ length: 50 }, (_, i) => `dead-${i}.example.com`);
    const { resolve, askedOfTheMachine } = await resolving({
      ...Object.fromEntries(dead.map((name) => [name, 'silent' as const])),
      'alive.example.com': { a: '192.0.2.1' },
    });
    const order: string[] = [];
    const ends = dead.map((name) => resolve(name).then(undefined, () => order.push('dead')));

    await resolve('alive.example.com').then(() => order.push('alive'));
    await Promise.all(ends);

    expect(order).toEqual(['alive', ...dead.map(() => 'dead')]);
    expect(askedOfTheMachine).toEqual([]);
  });
});

describe('a host name without a dot', () => {
  it('is left to the machine', async () => {
    const { resolve, asked } = await resolving({});
    expect(await resolve('localhost')).toEqual([{ address: '10.0.0.1', family: 4 }]);
    expect(asked).toEqual([]);
  });
});
