import { describe, expect, it } from '@jest/globals';
import { matchesTokenHash, tokenHash } from './token-hash.ts';

describe('the hash of a token', () => {
  it('is that of its text, in base64url', () => {
    expect(tokenHash('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  });

  it('is matched by that token alone', () => {
    expect(matchesTokenHash('abc', tokenHash('abc'))).toBe(true);
    expect(matchesTokenHash('abd', tokenHash('abc'))).toBe(false);
    expect(matchesTokenHash('abc', '')).toBe(false);
  });
});
