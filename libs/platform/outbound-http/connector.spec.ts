import { afterEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { addressPolicy } from './address-policy.ts';
import type { Resolve } from './name-cache.ts';
import type { OutboundAnswer } from './outbound-answer.ts';
import { OutboundClient, type OutboundOptions } from './outbound-client.ts';
import { Receivers } from './testing/receivers.ts';
import { selfSigned } from './testing/self-signed.ts';

const receivers = new Receivers();
const clients: OutboundClient[] = [];
const loopback = addressPolicy({ allow: ['127.0.0.0/8'] });
const systemAuthorities = getCACertificates('default');

function client(options: Partial<OutboundOptions> = {}): OutboundClient {
  const made = new OutboundClient({ policy: loopback, ...options });
  clients.push(made);
  return made;
}
const post = (url: string, options: Partial<OutboundOptions> = {}): Promise<OutboundAnswer> =>
  client(options).post({ url, headers: {}, body: '{}' });

const addresses = (...list: string[]): { address: string; family: number }[] =>
  list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
/** A name service whose answers change: one entry a question, the last one for ever. */
function nameService(...answers: string[][]): { resolve: Resolve; asked: string[] } {
  const asked: string[] = [];
  const resolve: Resolve = async (hostname) => {
    asked.push(hostname);
    return addresses(...(answers[Math.min(asked.length, answers.length) - 1] ?? []));
  };
  return { resolve, asked };
}

afterEach(async () => {
  setDefaultCACertificates(systemAuthorities);
  await receivers.stopAll();
  await Promise.all(clients.splice(0).map((each) => each.close()));
});

describe('a host name', () => {
  it('is resolved for a connection, and the connection goes to an address of that answer', async () => {
    const receiver = await receivers.http((_request, response) => response.end());
    const names = nameService(['127.0.0.1']);
    const reusing = client({ resolve: names.resolve });

    for (let i = 0; i < 3; i += 1) {
      const answer = await reusing.post({ url: `http://hooks.test:${receiver.port}/`, headers: {}, body: '' });
      expect(answer).toMatchObject({ kind: 'answered', address: '127.0.0.1' });
    }
    expect(names.asked).toEqual(['hooks.test']);
  });

  it('with one address that is not allowed is refused, and no connection is made', async () => {
    const receiver = await receivers.http((_request, response) => response.end());
    const { resolve } = nameService(['127.0.0.1', '::ffff:10.0.0.1']);

    expect(await post(`http://mixed.test:${receiver.port}/`, { resolve })).toEqual({
      kind: 'failed',
      errorClass: 'refused-address',
      message: "The host's address is not public: private (10.0.0.0/8).",
      address: '::ffff:10.0.0.1',
      durationMs: expect.any(Number),
    });
    expect(receiver.connections()).toBe(0);
  });

  it('that is rebound is called at the address that was checked, and refused as soon as it is looked up again', async () => {
    const receiver = await receivers.http((_request, response) => response.setHeader('connection', 'close').end());
    const names = nameService(['127.0.0.1'], ['169.254.169.254']);
    let now = 0;
    const rebound = client({ resolve: names.resolve, now: () => now });
    const send = (): Promise<OutboundAnswer> =>
      rebound.post({ url: `http://rebound.test:${receiver.port}/`, headers: {}, body: '' });

    expect(await send()).toMatchObject({ kind: 'answered', address: '127.0.0.1' });
    expect(await send()).toMatchObject({ kind: 'answered', address: '127.0.0.1' });
    expect(receiver.connections()).toBe(2);
    now = 10_000;
    expect(await send()).toMatchObject({ errorClass: 'refused-address', address: '169.254.169.254' });
    expect(names.asked).toHaveLength(2);
    expect(receiver.connections()).toBe(2);
  });

  it('is looked up once for connections made at the same time', async () => {
    const receiver = await receivers.http((_request, response) => response.end());
    const names = nameService(['127.0.0.1']);
    const busy = client({ resolve: names.resolve });

    const url = `http://busy.test:${receiver.port}/`;
    await Promise.all(Array.from({ length: 20 }, () => busy.post({ url, headers: {}, body: '' })));

    expect(receiver.connections()).toBe(20);
    expect(names.asked).toHaveLength(1);
  });

  it.each([
    ['ENOTFOUND', 'The host name does not exist.'],
    ['ETIMEOUT', 'The name service did not answer.'],
    ['ESERVFAIL', "The name service could not reach the host name's own."],
    ['EREFUSED', 'The host name could not be resolved.'],
  ])('that cannot be resolved fails as such: %s', async (code, message) => {
    const resolve: Resolve = () => Promise.reject(Object.assign(new Error('no'), { code }));
    expect(await post('http://nowhere.test/', { resolve })).toMatchObject({ errorClass: 'dns', message });
  });

  it('fails as a name when its resolver throws, has no address, or does not answer in time', async () => {
    const resolvers: Resolve[] = [
      () => {
        throw new Error('broken');
      },
      nameService([]).resolve,
      () => new Promise(() => undefined),
    ];
    for (const resolve of resolvers) {
      const answer = await post('http://nowhere.test/', { resolve, connectTimeoutMs: 100 });
      expect(answer).toMatchObject({ kind: 'failed', errorClass: 'dns' });
      expect(answer).not.toHaveProperty('address');
    }
  });

  it('localhost is checked like any other', async () => {
    const policy = addressPolicy({ allow: [] });
    expect(await post('http://localhost:9/', { policy })).toMatchObject({ errorClass: 'refused-address' });
  });
});

describe('a literal address', () => {
  const policy = addressPolicy({ allow: [] });

  it.each(['127.0.0.1', '2130706433', '0x7f.1', '0177.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '0'])(
    'written as %s is refused without a question to the name service or a connection',
    async (host) => {
      const receiver = await receivers.http((_request, response) => response.end());
      const names = nameService(['1.1.1.1']);

      expect(await post(`http://${host}:${receiver.port}/`, { policy, resolve: names.resolve })).toMatchObject({
        kind: 'failed',
        errorClass: 'refused-address',
      });
      expect(names.asked).toEqual([]);
      expect(receiver.connections()).toBe(0);
    },
  );

  it('is called when it is allowed', async () => {
    const receiver = await receivers.http((_request, response) => response.end());
    expect(await post(`http://2130706433:${receiver.port}/`)).toMatchObject({ kind: 'answered', address: '127.0.0.1' });
  });
});

describe('TLS', () => {
  const { resolve } = nameService(['127.0.0.1']);

  it('to a self-signed receiver is refused, and the request is not sent', async () => {
    let requests = 0;
    const receiver = await receivers.https((_request, response) => response.end(String((requests += 1))));

    for (const url of [receiver.url, `https://receiver.test:${receiver.port}/`]) {
      expect(await post(url, { resolve })).toMatchObject({
        kind: 'failed',
        errorClass: 'tls',
        message: "The receiver's certificate is self-signed.",
        address: '127.0.0.1',
      });
    }
    expect(requests).toBe(0);
  });

  it('stays verified, and no proxy is used, when the environment says otherwise', async () => {
    const receiver = await receivers.https((_request, response) => response.end());
    const proxy = await receivers.http((_request, response) => response.end());
    // A process of its own: Jest's `process.env` is a copy that node:tls does not see.
    const program = `
      import { addressPolicy, OutboundClient } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)};
      const client = new OutboundClient({ policy: addressPolicy({ allow: ['127.0.0.0/8'] }) });
      const answer = await client.post({ url: ${JSON.stringify(receiver.url)}, headers: {}, body: '' });
      process.stdout.write(answer.errorClass ?? 'answered');`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--experimental-transform-types', '--no-warnings', '--input-type=module', '--eval', program],
      { env: { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: proxy.url } },
    );

    expect(stdout).toBe('tls');
    expect([receiver.connections(), proxy.connections()]).toEqual([1, 0]);
  });

  it('names the host and takes a trusted certificate for it, and for no other', async () => {
    setDefaultCACertificates([...systemAuthorities, selfSigned.cert]);
    const receiver = await receivers.https((_request, response) => response.setHeader('connection', 'close').end());
    const trusting = client({ resolve });
    const send = (host: string): Promise<OutboundAnswer> =>
      trusting.post({ url: `https://${host}:${receiver.port}/`, headers: { Host: 'other.test' }, body: '' });

    expect(await send('receiver.test')).toMatchObject({ kind: 'answered', statusCode: 200 });
    expect(await send('receiver.test')).toMatchObject({ kind: 'answered', statusCode: 200 });
    expect(await send('other.test')).toMatchObject({
      errorClass: 'tls',
      message: "The receiver's certificate is for another host name.",
    });
    expect(receiver.serverNames.slice(0, 2)).toEqual(['receiver.test', 'receiver.test']);
  });

  it('to a receiver that speaks plain HTTP fails as such', async () => {
    const receiver = await receivers.http((_request, response) => response.end());
    expect(await post(receiver.url.replace('http:', 'https:'))).toMatchObject({ kind: 'failed', errorClass: 'tls' });
  });

  it('that is never negotiated is cut at the connect deadline', async () => {
    const { port } = await receivers.tcp(() => undefined);
    expect(await post(`https://127.0.0.1:${port}/`, { connectTimeoutMs: 100 })).toMatchObject({
      kind: 'failed',
      errorClass: 'connect-timeout',
      address: '127.0.0.1',
    });
  });
});
