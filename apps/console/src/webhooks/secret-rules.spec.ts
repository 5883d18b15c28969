import { describe, expect, it } from '@jest/globals';
import { isWeakSecret, makeSecret, secretProblem } from './secret-rules.ts';

describe('a generated secret', () => {
  it('is whsec_ and base64 of 32 bytes, another one each time', () => {
    const secrets = Array.from({ length: 50 }, makeSecret);

    for (const secret of secrets) {
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
      expect(secretProblem(secret)).toBeUndefined();
    }
    expect(new Set(secrets).size).toBe(50);
  });
});

describe('a secret', () => {
  it.each(['x', 'supersecuresecret', 'schlüssel', `whsec_${btoa('k'.repeat(24))}`])('may be %s', (secret) =>
    expect(secretProblem(secret)).toBeUndefined(),
  );

  it.each([
    ['nothing', ''],
    ['too long', 'x'.repeat(257)],
    ['half of a character', 'x\ud83d'],
    ['whsec_ alone', 'whsec_'],
    ['whsec_ and a short key', `whsec_${btoa('k'.repeat(23))}`],
    ['whsec_ and a long key', `whsec_${btoa('k'.repeat(65))}`],
    ['whsec_ and no base64', 'whsec_this is not base64 at all, not at all'],
    ['whsec_ and unpadded base64', `whsec_${btoa('k'.repeat(25)).replaceAll('=', '')}`],
  ])('is not %s', (_what, secret) => expect(secretProblem(secret)).toBeDefined());

  it('is weak below 16 bytes, unless it is a key', () => {
    expect(isWeakSecret('supersecret')).toBe(true);
    expect(isWeakSecret('supersecuresecret')).toBe(false);
    expect(isWeakSecret('')).toBe(false);
    expect(isWeakSecret('whsec_')).toBe(false);
  });
});
