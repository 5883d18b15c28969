import { afterEach, describe, expect, it } from '@jest/globals';
import { Connector } from './connector.ts';
import { Exchange } from './exchange.ts';
import { NameCache } from './name-cache.ts';
import { OriginPools, type PoolBounds } from './origin-pools.ts';
import type { OutboundAnswer } from './outbound-answer.ts';
import { policy } from './testing/clients.ts';
import { Receivers } from './testing/receivers.ts';

const receivers = new Receivers();
const names = new NameCache(
  () => Promise.resolve([]),
  () => 0,
);
const hour = 3_600_000;
let pools: OriginPools;

const bounded = (bounds: Partial<PoolBounds>): OriginPools =>
  (pools = new OriginPools(new Connector(policy, names, 1_000), { idleMs: hour, sweepMs: hour, ...bounds }));
const limits = { maxAnswerBytes: 100, keptAnswerBytes: 100 };
const post = (url: string, body = '', totalTimeoutMs = 5_000): Promise<OutboundAnswer> =>
  new Promise((resolve, reject) => {
    const exchange = new Exchange(false, { ...limits, totalTimeoutMs }, undefined, resolve, reject);
    pools.get(new URL(url).origin).dispatch({ method: 'POST', path: '/', body }, exchange);
  });
const origins = (count: number): string[] => Array.from({ length: count }, (_, i) => `http://127.0.0.1:${i + 1}`);

afterEach(async () => {
  await receivers.stopAll();
  await pools.close();
});

describe('the pools of origins', () => {
  it('are one an origin', () => {
    const few = bounded({ maxOrigins: 3 });
    const [first = '', second = ''] = origins(2);

    expect(few.get(first)).toBe(few.get(first));
    expect(few.get(first)).not.toBe(few.get(second));
  });

  it('are bounded in number, and the one not used for longest goes first', async () => {
    const few = bounded({ maxOrigins: 3 });
    const [first = '', second = '', third = '', fourth = ''] = origins(4);
    const kept = [first, second, third].map((origin) => few.get(origin));
    await post(first);

    few.get(fourth);

    expect(few.get(first)).toBe(kept[0]);
    expect(few.get(third)).toBe(kept[2]);
    expect(few.get(second)).not.toBe(kept[1]);
  });

  it('finish what they have begun, and what waits for it, when they are dropped', async () => {
    const one = bounded({ maxOrigins: 1, connectionsPerOrigin: 1 });
    const { url } = await receivers.http((_request, response) => {
      one.get('http://127.0.0.1:1');
      response.end('finished');
    });

    const answers = await Promise.all([post(url), post(url), post(url)]);

    expect(answers.map((each) => each.kind === 'answered' && each.answer)).toEqual(answers.map(() => 'finished'));
  });

  it('close their connections when they are dropped unused', async () => {
    const closed = Promise.withResolvers<number>();
    const { url } = await receivers.http((request, response) => {
      const answeredAt = performance.now();
      request.socket.once('close', () => closed.resolve(performance.now() - answeredAt));
      response.end();
    });
    const impatient = bounded({ idleMs: 50, sweepMs: 10 });
    const first = impatient.get(new URL(url).origin);

    await post(url);

    // Long before undici would close it for being idle.
    expect(await closed.promise).toBeLessThan(2_000);
    expect(impatient.get(new URL(url).origin)).not.toBe(first);
  });
});

describe('a request for which no connection becomes free in time', () => {
  it('fails at its deadline, saying so, and is never sent', async () => {
    bounded({ connectionsPerOrigin: 1 });
    const received: string[] = [];
    const arrived = Promise.withResolvers<() => void>();
    const { url } = await receivers.tcp((socket) =>
      socket.on('data', (data) => {
        received.push(String(data));
        const answer = () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
        if (received.length === 1) arrived.resolve(answer);
        else answer();
      }),
    );

    const slow = post(url, 'slow');
    const answerSlow = await arrived.promise;
    expect(await post(url, 'late', 50)).toEqual({
      kind: 'failed',
      errorClass: 'timeout',
      message: 'No connection to the receiver became free within 0.05 s.',
      durationMs: expect.any(Number),
    });
    const next = post(url, 'next');
    answerSlow();

    expect([await slow, await next]).toMatchObject([{ kind: 'answered' }, { kind: 'answered' }]);
    expect(received.join()).toMatch(/slow[^]*next/);
    expect(received.join()).not.toContain('late');
  });
});
