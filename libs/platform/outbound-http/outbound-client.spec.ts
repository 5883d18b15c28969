import { afterEach, describe, expect, it } from '@jest/globals';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { OutboundAnswer } from './outbound-answer.ts';
import type { OutboundOptions } from './outbound-client.ts';
import { Clients } from './testing/clients.ts';
import { Receivers, closedPort } from './testing/receivers.ts';

const receivers = new Receivers();
const clients = new Clients();
const client = (options?: Partial<OutboundOptions>) => clients.make(options);
const post = (url: string, options?: Partial<OutboundOptions>) => clients.post(url, options);

afterEach(async () => {
  await receivers.stopAll();
  await clients.closeAll();
});

describe('a request', () => {
  it('arrives with exactly its headers and bytes, and brings back the answer', async () => {
    let seen: IncomingMessage | undefined;
    let body = '';
    const { url, port } = await receivers.http((request, response) => {
      seen = request;
      request.on('data', (chunk) => (body += String(chunk)));
      request.once('end', () => response.writeHead(202, { 'retry-after': '120' }).end('thanks'));
    });

    const answer = await client().post({
      url: `${url}hooks?a=b#fragment`,
      headers: { 'Content-Type': 'application/json', 'X-Coro-Hook-ID': 'abc' },
      body: new TextEncoder().encode('{"name":"Zoë"}'),
    });

    expect(answer).toEqual({
      kind: 'answered',
      statusCode: 202,
      retryAfter: '120',
      answer: 'thanks',
      answerTruncated: false,
      address: '127.0.0.1',
      durationMs: expect.any(Number),
    });
    expect([seen?.method, seen?.url, body]).toEqual(['POST', '/hooks?a=b', '{"name":"Zoë"}']);
    const added = ['host', `127.0.0.1:${port}`, 'connection', 'keep-alive', 'content-length', '15'];
    const given = ['Content-Type', 'application/json', 'X-Coro-Hook-ID', 'abc'];
    expect([...(seen?.rawHeaders ?? [])].sort()).toEqual([...added, ...given].sort());
  });

  it('reuses the connection of the one before', async () => {
    const receiver = await receivers.http((_request, response) => response.end());
    const reusing = client();

    for (let i = 0; i < 5; i += 1) await reusing.post({ url: receiver.url, headers: {}, body: '{}' });

    expect(receiver.connections()).toBe(1);
  });

  it('opens no more connections to an origin than it may', async () => {
    const receiver = await receivers.http((_request, response) => response.end());
    const limited = client({ connectionsPerOrigin: 2 });

    const answers = await Promise.all(
      Array.from({ length: 10 }, () => limited.post({ url: receiver.url, headers: {}, body: '' })),
    );

    expect(answers.every(({ kind }) => kind === 'answered')).toBe(true);
    expect(receiver.connections()).toBe(2);
  });

  it.each([301, 302, 307, 308])('does not follow a redirect with status %i', async (statusCode) => {
    const elsewhere = await receivers.http((_request, response) => response.end());
    const { url } = await receivers.http((_request, response) =>
      response.writeHead(statusCode, { location: elsewhere.url }).end(),
    );

    expect(await post(url)).toMatchObject({ kind: 'answered', statusCode });
    expect(elsewhere.connections()).toBe(0);
  });

  it('is answered by the final status, not by an interim one', async () => {
    const { url } = await receivers.http((_request, response) => {
      response.writeProcessing();
      response.writeHead(410).end();
    });

    expect(await post(url)).toMatchObject({ kind: 'answered', statusCode: 410 });
  });

  it('ends when its signal says so, with the reason of the signal', async () => {
    const { url } = await receivers.http((request) =>
      request.once('data', () => stop.abort(new Error('shutting down'))),
    );
    const stop = new AbortController();
    const send = (): Promise<OutboundAnswer> => client().post({ url, headers: {}, body: 'x', signal: stop.signal });

    await expect(send()).rejects.toThrow('shutting down');
    await expect(send()).rejects.toThrow('shutting down');
  });

  it('that cannot be sent as configured fails without showing a value', async () => {
    const { url, connections } = await receivers.http((_request, response) => response.end());

    const answer = await client().post({ url, headers: { 'X-Key': 'secret\r\nX-Other: 1' }, body: '{}' });

    expect(answer).toMatchObject({ kind: 'failed', errorClass: 'protocol' });
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(connections()).toBe(0);
  });

  it('to a URL that cannot be used fails before anything happens', async () => {
    expect(await post('ftp://example.com/')).toMatchObject({
      kind: 'failed',
      errorClass: 'invalid-url',
      durationMs: 0,
    });
  });
});

describe('a receiver that fails', () => {
  const totalTimeoutMs = 150;

  it('is cut at the deadline while it drips its answer', async () => {
    let drip: NodeJS.Timeout | undefined;
    const { url } = await receivers.http((_request, response) => {
      drip = setInterval(() => response.write('x'), 10);
      response.once('close', () => clearInterval(drip));
    });

    const answer = await post(url, { totalTimeoutMs });

    expect(answer).toMatchObject({ kind: 'failed', errorClass: 'timeout', address: '127.0.0.1' });
    expect(answer).toHaveProperty('message', expect.stringContaining('did not finish within 0.15 s'));
    expect(answer.durationMs).toBeGreaterThanOrEqual(totalTimeoutMs - 2);
    expect(answer.durationMs).toBeLessThan(1_000);
  });

  it('is cut at the deadline while it says nothing', async () => {
    const { url } = await receivers.tcp(() => undefined);
    expect(await post(url, { totalTimeoutMs })).toMatchObject({ errorClass: 'timeout', address: '127.0.0.1' });
  });

  it('is sent nothing after the deadline has passed', async () => {
    const received: string[] = [];
    const { url, port } = await receivers.tcp((socket) => socket.on('data', (data) => received.push(String(data))));
    let resolved: (addresses: { address: string; family: number }[]) => void = () => undefined;
    const late = client({ totalTimeoutMs, resolve: () => new Promise((resolve) => (resolved = resolve)) });

    const answer = await late.post({ url: `http://slow.test:${port}/`, headers: {}, body: 'late' });
    resolved([{ address: '127.0.0.1', family: 4 }]);
    await late.close();

    expect(answer).toMatchObject({ kind: 'failed', errorClass: 'timeout' });
    expect(await post(url, { totalTimeoutMs })).toMatchObject({ errorClass: 'timeout' });
    expect(received.join()).not.toContain('late');
  });

  it('keeps a connection that was made too late for one request for the next', async () => {
    const { port, connections } = await receivers.http((_request, response) => response.end());
    const resolved = Promise.withResolvers<{ address: string; family: number }[]>();
    const late = client({ totalTimeoutMs, connectionsPerOrigin: 1, resolve: () => resolved.promise });
    const send = () => late.post({ url: `http://slow.test:${port}/`, headers: {}, body: '' });

    expect(await send()).toMatchObject({ kind: 'failed', errorClass: 'timeout' });
    const next = send();
    resolved.resolve([{ address: '127.0.0.1', family: 4 }]);

    expect(await next).toMatchObject({ kind: 'answered' });
    expect(connections()).toBe(1);
  });

  it('by refusing the connection is told apart', async () => {
    const answer = await post(`http://127.0.0.1:${await closedPort()}/`);
    expect(answer).toMatchObject({ kind: 'failed', errorClass: 'connect-refused', address: '127.0.0.1' });
  });

  it.each<[string, (socket: Socket) => void]>([
    ['before the answer', (socket) => socket.end()],
    ['by a reset', (socket) => socket.resetAndDestroy()],
    ['inside the headers', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-')],
    ['inside a body with a length', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc')],
    ['inside a chunked body', (socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab')],
    [
      'inside the last chunk of a connection',
      (socket) => socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab'),
    ],
  ])('by closing the connection %s is told apart', async (_when, fail) => {
    const { url } = await receivers.tcp((socket) => socket.once('data', () => fail(socket)));
    expect(await post(url)).toMatchObject({ kind: 'failed', errorClass: 'connection-lost', address: '127.0.0.1' });
  });

  it.each([
    ['something else', 'SSH-2.0-OpenSSH_9.9\r\n'],
    ['an upgrade nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'],
    ['headers without an end', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(40_000)}`],
  ])('by speaking %s is told apart', async (_what, text) => {
    const { url } = await receivers.tcp((socket) => socket.once('data', () => socket.write(text)));
    expect(await post(url, { totalTimeoutMs: 2_000 })).toMatchObject({ kind: 'failed', errorClass: 'protocol' });
  });
});

describe('closing the client', () => {
  it('waits for the requests under way and takes no more', async () => {
    const arrived = Promise.withResolvers<ServerResponse>();
    const { url } = await receivers.http((_request, response) => arrived.resolve(response));
    const closing = client();
    const answer = closing.post({ url, headers: {}, body: '{}' });
    const response = await arrived.promise;

    const closed = closing.close();
    await expect(closing.post({ url, headers: {}, body: '{}' })).rejects.toThrow('closed');
    response.end('done');

    expect(await answer).toMatchObject({ kind: 'answered', answer: 'done' });
    await closed;
  });
});
