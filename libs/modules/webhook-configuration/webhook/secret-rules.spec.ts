import { describe, expect, it } from '@jest/globals';
import { randomIds } from '../../../platform/runtime/index.ts';
import { makeSecret, secretProblem } from './secret-rules.ts';

const whsec = (bytes: number) => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;

describe('a secret', () => {
  it.each([
    ['one character', 's'],
    ['256 characters', 's'.repeat(256)],
    ['any text', 'pässwörd 密码 \n'],
    ['a word that only resembles the prefix', 'whsec-not base64'],
    ['a key of 24 bytes', whsec(24)],
    ['a key of 32 bytes, padded', whsec(32)],
    ['a key of 64 bytes', whsec(64)],
  ])('may be %s', (_what, secret) => expect(secretProblem(secret)).toBeUndefined());

  it.each([
    ['empty', ''],
    ['257 characters', 's'.repeat(257)],
    ['half a surrogate pair', 'a\ud800b'],
    ['a prefix alone', 'whsec_'],
    ['a key of 23 bytes', whsec(23)],
    ['a key of 65 bytes', whsec(65)],
    ['a key without its padding', whsec(32).replace(/=+$/, '')],
    ['a key in the URL alphabet', `whsec_${'-_'.repeat(16)}`],
    ['a key with a line break', `${whsec(24)}\n`],
    ['a key with a blank inside', whsec(30).replace('Bw', 'B ')],
  ])('may not be %s', (_what, secret) => expect(secretProblem(secret)).toEqual(expect.any(String)));

  it('is not repeated in what is wrong with it', () => {
    expect(secretProblem('whsec_hunter2')).not.toContain('hunter2');
  });
});

describe('a secret that is made', () => {
  it('is a key of 32 bytes for Standard Webhooks, and another one each time', () => {
    const made = Array.from({ length: 20 }, () => makeSecret(randomIds));
    expect(made.map(secretProblem)).toEqual(made.map(() => undefined));
    expect(made.every((secret) => Buffer.from(secret.slice('whsec_'.length), 'base64').length === 32)).toBe(true);
    expect(new Set(made).size).toBe(20);
  });

  it('has all the bits of its token that 32 bytes have room for', () => {
    expect(makeSecret({ token: () => '_'.repeat(43) })).toBe(`whsec_${Buffer.alloc(32, 0xff).toString('base64')}`);
  });
});
