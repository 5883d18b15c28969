import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { renderAlert } from './render-alert.ts';
import { alertHeaders, hookSignature, signingKeysOf, standardSignature } from './sign-alert.ts';

const alert = {
  id: '12345',
  timestamp: 1627670400000,
  workspaceId: 'workspace123',
  type: 'workspace-created',
  data: { companyName: 'company1' },
};
const signing = (secret: string, unixSecond = 1_614_265_330) => ({
  hookId: '12345',
  hookType: 'workspace-created',
  version: '2026-02-01',
  body: renderAlert(alert),
  keys: signingKeysOf(secret),
  unixSecond,
});

describe('an alert', () => {
  it('is the envelope in its published order, its timestamp a string', () => {
    expect(renderAlert(alert)).toBe(
      '{"id":"12345","timestamp":"1627670400000","workspaceId":"workspace123","type":"workspace-created","data":{"companyName":"company1"}}',
    );
  });

  it('is signed over its hook id in lower-case hex', () => {
    expect(hookSignature('12345', signingKeysOf('supersecuresecret'))).toMatch(/^[0-9a-f]{64}$/);
  });

  it('matches the published Standard Webhooks vector', () => {
    const signature = standardSignature({
      keys: signingKeysOf('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'),
      hookId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      unixSecond: 1_614_265_330,
      body: '{"test": 2432232314}',
    });
    expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it.each(['supersecuresecret', 'sécret – ключ', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])(
    'signed with %s is accepted by the reference library',
    (secret) => {
      const signed = signing(secret, Math.floor(Date.now() / 1_000));
      const verifier = secret.startsWith('whsec_')
        ? new Webhook(secret)
        : new Webhook(Buffer.from(secret), { format: 'raw' });
      const headers = alertHeaders(signed, 'X-Coro', {});
      expect(verifier.verify(signed.body, headers)).toEqual(JSON.parse(signed.body));
      expect(() => verifier.verify(`${signed.body} `, headers)).toThrow();
    },
  );

  it('carries the configured headers, which replace ours of the same name', () => {
    const headers = alertHeaders(signing('s'), 'X-Coro', {
      'content-type': 'application/vnd.x+json',
      Authorization: 'Bearer x',
    });
    expect(headers).toMatchObject({
      'content-type': 'application/vnd.x+json',
      Authorization: 'Bearer x',
      'X-Coro-Hook-Id': '12345',
    });
    expect(headers).not.toHaveProperty('Content-Type');
  });

  it('names its own headers by the installation’s prefix', () => {
    const headers = alertHeaders(signing('s'), 'X-Acme', {});
    expect(headers).toMatchObject({
      'X-Acme-Hook-Id': '12345',
      'X-Acme-Hook-Type': 'workspace-created',
      'X-Acme-Hook-Version': '2026-02-01',
      'X-Acme-Signature': hookSignature('12345', signingKeysOf('s')),
    });
  });
});
