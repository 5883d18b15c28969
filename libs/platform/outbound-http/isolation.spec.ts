import { afterEach, describe, expect, it } from '@jest/globals';
import type { OutboundAnswer } from './outbound-answer.ts';
import type { OutboundClient } from './outbound-client.ts';
import { Clients } from './testing/clients.ts';
import { closedPort, Receivers, type Receiver } from './testing/receivers.ts';

const receivers = new Receivers();
const clients = new Clients();
afterEach(async () => {
  await receivers.stopAll();
  await clients.closeAll();
});

const post = (client: OutboundClient, url: string, body = '{}'): Promise<OutboundAnswer> =>
  client.post({ url, headers: {}, body });
const times = (count: number, send: () => Promise<OutboundAnswer>): Promise<OutboundAnswer>[] =>
  Array.from({ length: count }, send);
const healthy = (): Promise<Receiver> => receivers.http((_request, response) => response.end());

describe('origins that are dead', () => {
  it('by never answering, refusing, or having no name leave another all its connections and its speed', async () => {
    const silent = await receivers.tcp(() => undefined);
    const refusing = `http://127.0.0.1:${await closedPort()}/`;
    const alive = await healthy();
    const client = clients.make({
      connectionsPerOrigin: 8,
      totalTimeoutMs: 3_000,
      connectTimeoutMs: 3_000,
      resolve: () => new Promise(() => undefined),
    });
    let ended = 0;
    const dead = [silent.url, 'http://unresolved.test/'].flatMap((url) => times(50, () => post(client, url)));
    for (const each of dead) void each.then(() => (ended += 1));

    for (let i = 0; i < 10; i += 1) {
      const refused = times(8, () => post(client, refusing));
      const answers = await Promise.all(times(8, () => post(client, alive.url)));
      expect(answers.every(({ kind }) => kind === 'answered')).toBe(true);
      await Promise.all(refused);
    }

    expect(ended).toBe(0);
    expect(alive.connections()).toBe(8);
    expect(silent.connections()).toBe(8);
    await receivers.stopAll();
    await Promise.all(dead);
  }, 15_000);
});

describe('a request that waits for a connection', () => {
  it('is sent when the one before has ended, in the order of arrival', async () => {
    const bodies: string[] = [];
    const { url, connections } = await receivers.http((request, response) => {
      request.on('data', (chunk) => bodies.push(String(chunk)));
      request.once('end', () => response.end());
    });
    const client = clients.make({ connectionsPerOrigin: 1 });

    await Promise.all(['1', '2', '3', '4'].map((body) => post(client, url, body)));

    expect(bodies).toEqual(['1', '2', '3', '4']);
    expect(connections()).toBe(1);
  });

  it('takes the place of one that its caller has given up', async () => {
    const arrived = Promise.withResolvers<void>();
    const { url } = await receivers.http((request, response) => {
      if (request.url === '/silent') arrived.resolve();
      else response.end();
    });
    const client = clients.make({ connectionsPerOrigin: 1 });
    const stop = new AbortController();
    const silent = client.post({ url: `${url}silent`, headers: {}, body: '', signal: stop.signal });
    await arrived.promise;
    const waiting = post(client, url);

    stop.abort(new Error('enough'));

    await expect(silent).rejects.toThrow('enough');
    expect(await waiting).toMatchObject({ kind: 'answered' });
  });
});

describe('requests that are given up together', () => {
  it('open no connection for those of them that waited', async () => {
    const arrived = Promise.withResolvers<void>();
    const { url, connections } = await receivers.tcp((socket) => socket.once('data', () => arrived.resolve()));
    const client = clients.make({ connectionsPerOrigin: 1 });
    const stop = new AbortController();
    const all = Array.from({ length: 5 }, () => client.post({ url, headers: {}, body: 'x', signal: stop.signal }));
    await arrived.promise;

    stop.abort(new Error('enough'));

    expect((await Promise.allSettled(all)).every(({ status }) => status === 'rejected')).toBe(true);
    await client.close();
    expect(connections()).toBe(1);
  });
});

describe('requests that cannot be sent', () => {
  it('use up no connection, however many there are', async () => {
    const { url } = await healthy();
    const client = clients.make({ connectionsPerOrigin: 2, totalTimeoutMs: 2_000 });
    for (let i = 0; i < 10; i += 1) {
      const headers = { 'X-Key': 'a\r\nb' };
      expect(await client.post({ url, headers, body: '' })).toMatchObject({ errorClass: 'protocol' });
    }

    expect(await post(client, url)).toMatchObject({ kind: 'answered' });
  });

  it('end one after the other when they have waited', async () => {
    const { url } = await healthy();
    const client = clients.make({ connectionsPerOrigin: 1 });
    const first = post(client, url);
    const unsendable = times(3_000, () => client.post({ url, headers: { 'X-Key': 'a\r\nb' }, body: '' }));

    expect(await first).toMatchObject({ kind: 'answered' });
    const answers = await Promise.all(unsendable);
    expect(answers.every((answer) => answer.kind === 'failed' && answer.errorClass === 'protocol')).toBe(true);
  });
});
