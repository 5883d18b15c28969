import { afterEach, describe, expect, it } from '@jest/globals';
import { addressPolicy } from './address-policy.ts';
import { Connector, systemResolve } from './connector.ts';
import { OriginPools } from './origin-pools.ts';
import { Receivers } from './testing/receivers.ts';

const receivers = new Receivers();
const policy = addressPolicy({ allow: ['127.0.0.0/8'] });
const hour = 3_600_000;
let pools: OriginPools;

const bounded = (bounds: { maxOrigins: number; idleMs: number; sweepMs: number }): OriginPools =>
  (pools = new OriginPools(new Connector(policy, systemResolve, 1_000), undefined, bounds));
const origins = (count: number): string[] => Array.from({ length: count }, (_, i) => `http://127.0.0.1:${i + 1}`);

afterEach(async () => {
  await pools.close();
  await receivers.stopAll();
});

describe('the pools of origins', () => {
  it('are one an origin', () => {
    const few = bounded({ maxOrigins: 3, idleMs: hour, sweepMs: hour });
    const [first = '', second = ''] = origins(2);

    expect(few.get(first)).toBe(few.get(first));
    expect(few.get(first)).not.toBe(few.get(second));
  });

  it('are bounded in number, and the one not used for longest goes first', () => {
    const few = bounded({ maxOrigins: 3, idleMs: hour, sweepMs: hour });
    const [first = '', second = '', third = '', fourth = ''] = origins(4);
    const [a, b, c] = [first, second, third].map((origin) => few.get(origin));
    few.get(first);

    few.get(fourth);

    expect([a?.closed, b?.closed, c?.closed]).toEqual([false, true, false]);
    expect(few.get(first)).toBe(a);
    expect(few.get(second)).not.toBe(b);
  });

  it('finish what they have begun when they are dropped', async () => {
    const one = bounded({ maxOrigins: 1, idleMs: hour, sweepMs: hour });
    const { url } = await receivers.http((_request, response) => {
      one.get('http://127.0.0.1:1');
      response.end('finished');
    });

    const { body } = await one.get(new URL(url).origin).request({ method: 'POST', path: '/', body: '' });

    expect(await body.text()).toBe('finished');
  });

  it('close their connections when idle', async () => {
    const closed = Promise.withResolvers<number>();
    const { url } = await receivers.http((request, response) => {
      const answeredAt = performance.now();
      request.socket.once('close', () => closed.resolve(performance.now() - answeredAt));
      response.end();
    });
    const impatient = bounded({ maxOrigins: 3, idleMs: 50, sweepMs: 10 });

    await (await impatient.get(new URL(url).origin).request({ method: 'POST', path: '/' })).body.dump();

    expect(await closed.promise).toBeLessThan(2_000);
  });
});
