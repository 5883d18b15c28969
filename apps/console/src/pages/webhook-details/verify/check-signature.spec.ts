import { createHmac, webcrypto } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { checkSignature, subtleOf, type Pasted } from './check-signature.ts';
import type { Scheme } from './sample.ts';

const hmac = webcrypto.subtle as SubtleCrypto;
const NOW = Date.parse('2026-11-22T14:00:00Z');
const SECOND = NOW / 1_000;
const BODY = '{"id":"65f0","data":{}}';
const WHSEC = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

const digest = (key: string | Buffer, text: string, form: 'hex' | 'base64') =>
  createHmac('sha256', key).update(text).digest(form);
const standard: Pasted = {
  scheme: 'standard',
  id: '65f0',
  timestamp: String(SECOND),
  body: BODY,
  signature: `v1,${digest('secret', `65f0.${SECOND}.${BODY}`, 'base64')}`,
  secret: 'secret',
};
const check = (changes: Partial<Pasted>, now = NOW) => checkSignature(hmac, { ...standard, ...changes }, now);
const states = async (...changes: Partial<Pasted>[]) =>
  (await Promise.all(changes.map((each) => check(each)))).map(({ state }) => state);

describe('the checker', () => {
  it('finds a signature of Standard Webhooks valid', async () => {
    expect(await check({})).toEqual({
      state: 'valid',
      because: 'It is by this secret, for this id, timestamp and body.',
    });
  });

  it('agrees with the library of Standard Webhooks on any alert', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1 }).filter((value) => value.isWellFormed());
    const property = fc.asyncProperty(fc.uint8Array({ minLength: 24, maxLength: 64 }), text, async (key, body) => {
      const secret = `whsec_${Buffer.from(key).toString('base64')}`;
      const signature = new Webhook(secret).sign('65f0', new Date(NOW), body);
      expect(await states({ secret, body, signature }, { secret, body: `${body}.`, signature })).toEqual([
        'valid',
        'invalid',
      ]);
    });
    await fc.assert(property, { numRuns: 40 });
  });

  it('takes either of the two signatures of a rotated secret', async () => {
    const signature = `v1,${digest('new', `65f0.${SECOND}.${BODY}`, 'base64')} ${standard.signature}`;
    expect(await states({ signature }, { signature, secret: 'new' }, { signature, secret: 'older' })).toEqual([
      'valid',
      'valid',
      'invalid',
    ]);
  });

  it('finds it invalid once anything it covers is another', async () => {
    expect(
      await states({ id: 'x' }, { timestamp: '1' }, { body: '{}' }, { secret: 'x' }, { signature: 'v1,AAAA' }),
    ).toEqual(['invalid', 'invalid', 'invalid', 'invalid', 'invalid']);
  });

  it('says of an old alert that a receiver would refuse it', async () => {
    const { state, because } = await check({}, NOW + 301_000);
    expect([state, because]).toEqual(['valid', expect.stringContaining('five minutes')]);
  });

  it('checks the signatures of the hook id and of the body, in either case', async () => {
    const ofId: Partial<Pasted> = { scheme: 'hook-id', signature: digest(WHSEC, '65f0', 'hex'), secret: WHSEC };
    const ofBody: Partial<Pasted> = { scheme: 'body', signature: digest('secret', BODY, 'hex').toUpperCase() };
    expect(await states(ofId, { ...ofId, id: 'x' }, { ...ofId, body: 'any' })).toEqual(['valid', 'invalid', 'valid']);
    expect(await states(ofBody, { ...ofBody, body: '[]' }, { ...ofBody, id: 'any' })).toEqual([
      'valid',
      'invalid',
      'valid',
    ]);
  });

  it.each<[Scheme, string]>([
    ['standard', 'Enter the id, the timestamp, the body, the signature and the secret.'],
    ['hook-id', 'Enter the id, the signature and the secret.'],
    ['body', 'Enter the body, the signature and the secret.'],
  ])('names what is missing for %s', async (scheme, because) => {
    const nothing = { id: '', timestamp: '', body: '', signature: ' ', secret: '' };
    expect(await check({ ...nothing, scheme })).toEqual({ state: 'incomplete', because });
  });

  it.each<[Partial<Pasted>, RegExp]>([
    [{ secret: ' secret\n' }, /blanks around the secret/],
    [{ body: `${BODY}\n` }, /around the body/],
    [{ body: JSON.stringify(JSON.parse(BODY), null, 2) }, /formatted/],
    [{ secret: 'whsec_§' }, /no Base64/],
    [{ secret: 'another' }, /not made with this secret/],
  ])('says what is wrong with %j', async (change, because) => {
    expect(await check(change)).toEqual({ state: 'invalid', because: expect.stringMatching(because) });
  });

  it('has nothing to compute with where the page is not secure', () => {
    expect(subtleOf({} as Crypto)).toBeUndefined();
    expect(subtleOf(undefined)).toBeUndefined();
    expect(subtleOf({ subtle: hmac })).toBe(hmac);
  });
});
