import { describe, expect, it } from '@jest/globals';
import { CannotOpen, sealingKey } from '../../../platform/sealing/index.ts';
import { sealReplacement, sealSettings } from './seal-settings.ts';
import { secretContext } from './sealing-contexts.ts';
import { webhook } from './webhook.decider.ts';
import { MASK, viewOf } from './webhook-view.ts';
import { created } from './testing/webhook-history.ts';

const key = sealingKey(Buffer.alloc(32, 3));
const clear = { secret: 'supersecuresecret', headers: { Authorization: 'Bearer abc', 'X-Empty': '' } };
const stored = sealSettings(key, 'w-1', clear);

const viewed = (sealed: { secret: string; headers: Record<string, string> }, opened?: typeof key) => {
  const state = webhook.evolve(undefined, {
    type: 'WebhookCreated',
    data: { ...created.data, ...sealed, webhookId: 'w-1' },
  });
  if (!state) throw new Error('not created');
  return viewOf(state, { updated: 1_700_000_000_000, expiration: null, now: 1_700_000_000_001 }, opened);
};

describe('sealed settings', () => {
  it('show nothing of the secret or a header value', () => {
    expect(JSON.stringify(stored)).not.toMatch(/supersecuresecret|Bearer/);
  });

  it('are read by who has the key, and masked for anyone else', () => {
    expect(viewed(stored, key)).toMatchObject(clear);
    expect(viewed(stored)).toMatchObject({ secret: MASK, headers: { Authorization: MASK, 'X-Empty': MASK } });
  });

  it('open for no other webhook and in no other place', () => {
    expect(() => key.open(stored.secret, secretContext('w-2'))).toThrow(CannotOpen);
    expect(() => key.open(stored.headers['Authorization'] ?? '', secretContext('w-1'))).toThrow(CannotOpen);
  });
});

describe('a replacement', () => {
  const replaced = (input: { secret?: string; headers: Record<string, string> }) =>
    sealReplacement(key, 'w-1', input, stored);

  it('keeps the stored ciphertext of what is the same', () => expect(replaced(clear)).toEqual(stored));

  it('keeps it whatever the case of the header name', () =>
    expect(replaced({ headers: { authorization: 'Bearer abc' } }).headers['authorization']).toBe(
      stored.headers['Authorization'],
    ));

  it('leaves to the decider what is masked or left out', () =>
    expect(replaced({ headers: { Authorization: MASK } })).toEqual({ secret: null, headers: { Authorization: null } }));

  it('seals what is new', () => {
    const { secret, headers } = replaced({ secret: 'another', headers: { Authorization: 'Bearer new' } });
    expect(viewed({ secret: secret ?? '', headers: headers as Record<string, string> }, key)).toMatchObject({
      secret: 'another',
      headers: { Authorization: 'Bearer new' },
    });
  });

  it('keeps the first of several that is the same, so that a draft is like its webhook, or else like it was', () => {
    const draft = sealSettings(key, 'w-1', { secret: 'another', headers: { 'X-New': 'new' } });
    const input = { secret: 'another', headers: { ...clear.headers, 'x-new': 'new' } };
    const sealed = sealReplacement(key, 'w-1', input, stored, draft);
    expect(sealed).toEqual({ secret: draft.secret, headers: { ...stored.headers, 'x-new': draft.headers['X-New'] } });
    const same = sealSettings(key, 'w-1', clear);
    expect(sealReplacement(key, 'w-1', clear, stored, same)).toEqual(stored);
  });

  it('leaves a secret that is not there to the decider, too', () => {
    const none = { secret: null, headers: {} };
    expect(sealReplacement(key, 'w-1', { headers: {} }, none, none)).toEqual(none);
    const { secret } = sealReplacement(key, 'w-1', { secret: 'another', headers: {} }, none);
    expect(key.open(secret ?? '', secretContext('w-1'))).toBe('another');
  });

  it('seals everything when nothing is known of what is stored', () => {
    const { secret } = sealReplacement(key, 'w-1', clear, undefined);
    expect(secret).not.toBe(stored.secret);
    expect(key.open(secret ?? '', secretContext('w-1'))).toBe(clear.secret);
  });
});
