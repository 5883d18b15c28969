import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  isOfLocation,
  standardWebhook,
  verifyHookSignature,
  verifyLocationSignature,
  verifyStandardWebhook,
} from './verify.ts';

const alert = (headers: Record<string, string>, body = '{}') => ({ headers, body });
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text);

describe('a Standard Webhooks signature', () => {
  const whsec = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

  /** What a sender does, without the library that checks it. */
  const sent = (key: Buffer, body: string, unixSecond = Math.floor(Date.now() / 1000)) =>
    alert(
      {
        'webhook-id': 'evt_1',
        'webhook-timestamp': String(unixSecond),
        'webhook-signature': `v1,${hmac(key, `evt_1.${unixSecond}.${body}`).digest('base64')}`,
      },
      body,
    );

  it('is that of the published example', () => {
    const at = new Date(1_614_265_330_000);
    expect(standardWebhook(whsec).sign('msg_p5jXN8AQM9LWM0D4loKWxJek', at, '{"test": 2432232314}')).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });

  it('is made with what a whsec_ secret encodes', () => {
    const key = Buffer.from(whsec.slice('whsec_'.length), 'base64');
    expect(verifyStandardWebhook(sent(key, '{"a":1}'), whsec).valid).toBe(true);
  });

  it.each(['supersecuresecret', 'ключ-sécret-🔑'])('is made with the UTF-8 bytes of %s', (secret) => {
    expect(verifyStandardWebhook(sent(Buffer.from(secret, 'utf8'), '{"a":"ü"}'), secret).valid).toBe(true);
  });

  it('is no longer valid once the body changed', () => {
    const genuine = sent(Buffer.from('secret'), '{"a":1}');
    expect(verifyStandardWebhook({ ...genuine, body: '{"a":2}' }, 'secret')).toEqual({
      valid: false,
      reason: 'No matching signature found',
    });
  });

  it('is refused when it is old, and when it is missing', () => {
    const old = sent(Buffer.from('secret'), '{}', 1_614_265_330);
    expect(verifyStandardWebhook(old, 'secret')).toEqual({ valid: false, reason: 'Message timestamp too old' });
    expect(verifyStandardWebhook(alert({}), 'secret')).toEqual({ valid: false, reason: 'Missing required headers' });
  });
});

describe('a hook signature', () => {
  const signed = (secret: string) =>
    alert({ 'x-coro-hook-id': '12345', 'x-coro-signature': hmac(secret, '12345').digest('hex') });

  it('is the hexadecimal HMAC-SHA256 of the hook id', () => {
    const known = '193924405127a265190a2ba2528916e5344edce7def358f697593c32c8f4f051';
    const sent = alert({ 'x-coro-hook-id': '12345', 'x-coro-signature': known });
    expect(verifyHookSignature(sent, 'supersecuresecret', 'X-Coro').valid).toBe(true);
  });

  it('uses the whole secret, whsec_ included', () => {
    expect(verifyHookSignature(signed('whsec_c2VjcmV0'), 'whsec_c2VjcmV0', 'X-Coro').valid).toBe(true);
  });

  it('is refused in upper case, with another secret, and when it is missing', () => {
    const { headers } = signed('secret');
    const upper = { ...headers, 'x-coro-signature': String(headers['x-coro-signature']).toUpperCase() };
    expect(verifyHookSignature(alert(upper), 'secret', 'X-Coro').valid).toBe(false);
    expect(verifyHookSignature(alert(headers), 'other', 'X-Coro').valid).toBe(false);
    expect(verifyHookSignature(alert({}), 'secret', 'X-Coro').reason).toBe('missing');
  });

  it('is looked for under the configured prefix', () => {
    const acme = alert({ 'acme-hook-id': '1', 'acme-signature': hmac('secret', '1').digest('hex') });
    expect(verifyHookSignature(acme, 'secret', 'Acme').valid).toBe(true);
    expect(verifyHookSignature(acme, 'secret', 'X-Coro').reason).toBe('missing');
  });
});

describe('a signature of the location dialect', () => {
  const known = 'B92E49AF4D09BA266955E6EAD82DBA5CD1A72B0010EC886A7BF434AE0EE15069';
  const sent = (signature: string, body = '[{"Id":4711,"ResourceName":"Salle d’été"}]') =>
    alert({ 'x-nexudus-hook-signature': signature }, body);

  it('is the hexadecimal HMAC-SHA256 of the body', () => {
    expect(isOfLocation(sent(known))).toBe(true);
    expect(verifyLocationSignature(sent(known), 'geheim-ключ').valid).toBe(true);
  });

  it.each([
    ['another body', sent(known, '[{"Id":4712}]')],
    ['a part of it', sent(known.slice(2))],
    ['nothing', sent('')],
  ])('is refused with %s', (_, arrived) => {
    expect(verifyLocationSignature(arrived, 'geheim-ключ').valid).toBe(false);
  });

  it('is not looked for where there is none', () => expect(isOfLocation(alert({}))).toBe(false));
});
