import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { Dialect } from '../../webhook-configuration/contract.ts';
import { alertHeaders, hookSignature, signingKeysOf, standardSignature } from './sign-alert.ts';

const SECRETS = ['supersecuresecret', 'sécret – ключ', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'];

const signing = (
  secret: string,
  dialect: Dialect = 'workspace',
  unixSecond = 1_614_265_330,
  previous: string | null = null,
) => ({
  dialect,
  hookId: '12345',
  hookType: 'workspace-created',
  version: '2026-02-01',
  body: '{"id":"12345","data":{"companyName":"company1"}}',
  keys: signingKeysOf(secret),
  previous: previous === null ? null : signingKeysOf(previous),
  unixSecond,
});
const verifierOf = (secret: string) =>
  secret.startsWith('whsec_') ? new Webhook(secret) : new Webhook(Buffer.from(secret), { format: 'raw' });

describe.each<Dialect>(['workspace', 'location'])('an alert of the %s dialect', (dialect) => {
  it.each(SECRETS)('signed with %s is accepted by the reference library', (secret) => {
    const signed = signing(secret, dialect, Math.floor(Date.now() / 1_000));
    const verifier = verifierOf(secret);
    const headers = alertHeaders(signed, 'X-Coro', {});
    expect(verifier.verify(signed.body, headers)).toEqual(JSON.parse(signed.body));
    expect(() => verifier.verify(`${signed.body} `, headers)).toThrow();
  });

  it.each(
    SECRETS.flatMap((newest) => SECRETS.filter((s) => s !== newest).map((previous) => [newest, previous] as const)),
  )(
    'signed with %s, and with %s before it, is accepted by the reference library with either, and with no other',
    (newest, previous) => {
      const signed = signing(newest, dialect, Math.floor(Date.now() / 1_000), previous);
      const headers = alertHeaders(signed, 'X-Coro', {});
      for (const secret of [newest, previous])
        expect(() => verifierOf(secret).verify(signed.body, headers)).not.toThrow();
      expect(() => verifierOf('another').verify(signed.body, headers)).toThrow();
    },
  );

  it('has the newest signature first where there are two, and the previous one where there is room for one', () => {
    const of = (secret: string, previous: string | null = null) =>
      alertHeaders(signing(secret, dialect, undefined, previous), 'X-Coro', {});
    const { 'webhook-signature': both, ...others } = of('new', 'old');
    const { 'webhook-signature': old, ...single } = of('old');
    expect(both).toBe(`${of('new')['webhook-signature']} ${old}`);
    expect(others).toEqual(single);
  });

  it('carries the configured headers, which replace ours of the same name', () => {
    const headers = alertHeaders(signing('s', dialect), 'X-Coro', {
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
});

describe('an alert of the workspace dialect', () => {
  it('is signed over its hook id in lower-case hex', () => {
    expect(hookSignature('12345', signingKeysOf('supersecuresecret'))).toMatch(/^[0-9a-f]{64}$/);
  });

  it('matches the published Standard Webhooks vector', () => {
    const signature = standardSignature(
      { hookId: 'msg_p5jXN8AQM9LWM0D4loKWxJek', unixSecond: 1_614_265_330, body: '{"test": 2432232314}' },
      signingKeysOf('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'),
    );
    expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('names its own headers by the installation’s prefix', () => {
    const headers = alertHeaders(signing('s'), 'X-Acme', {});
    expect(Object.keys(headers)).toEqual([
      'Content-Type',
      'User-Agent',
      'X-Acme-Hook-Id',
      'X-Acme-Hook-Type',
      'X-Acme-Hook-Version',
      'X-Acme-Signature',
      'webhook-id',
      'webhook-timestamp',
      'webhook-signature',
    ]);
    expect(headers).toMatchObject({
      'X-Acme-Hook-Id': '12345',
      'X-Acme-Hook-Type': 'workspace-created',
      'X-Acme-Hook-Version': '2026-02-01',
      'X-Acme-Signature': hookSignature('12345', signingKeysOf('s')),
    });
  });
});

describe('an alert of the location dialect', () => {
  /** By `openssl dgst -sha256`, over these bytes of UTF-8: `-hmac <secret>`, and for the Standard Webhooks key `-macopt hexkey:<key>`. */
  const body = '[{"message":"Grüße – ключ","n":1}]';
  const vectors = [
    [
      'shared secret',
      '03EC165169EDF16B0C9C6B3395CCA4BEE35F592F1F6B247755F332DC5A6FCCE2',
      'OGrCjA/mhfMOPpV8geZV3vCvdWMiu2Z8ogKI9l4fYgY=',
    ],
    [
      'sécret – ключ',
      '2A88D3C5C7C46C3B5AB3CFB003134DD254FE2295918CB5387D6A8D316CAC40E7',
      'JIPuVX1/Hsix4tpmkkD3K/6crwsP3bYfCl+cuEpyCrA=',
    ],
    [
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      '740137F0ECDE358AD28BB6CB51965C2692B7A593DEAAA214D5B42F1BA0A434A6',
      '/OA4aIDAMcdZSdHV4rQKG3+gmEjU4HWDtIOfH6oazN4=',
    ],
  ] as const;

  it.each(vectors)('has these headers, signed with %s', (secret, signature, standard) => {
    const signed = { ...signing(secret, 'location'), hookId: 'evt-1', hookType: 'booking-create', body };
    expect(alertHeaders(signed, 'X-Coro', {})).toEqual({
      'Content-Type': 'application/json',
      'User-Agent': 'Carillon',
      'X-Coro-Hook-Id': 'evt-1',
      'X-Coro-Hook-Type': 'booking-create',
      'X-Coro-Hook-Version': '2026-02-01',
      'X-Nexudus-Hook-Signature': signature,
      'webhook-id': 'evt-1',
      'webhook-timestamp': '1614265330',
      'webhook-signature': `v1,${standard}`,
    });
  });
});
