import { describe, expect, it } from '@jest/globals';
import { hashSecret, matchesHash, NO_ONES_HASH } from './scrypt-hash.ts';

describe('the hash of a secret', () => {
  it('matches that secret and no other', async () => {
    const hash = await hashSecret('correct horse', 'a-salt-of-22-characters');
    expect(await matchesHash('correct horse', hash)).toBe(true);
    expect(await matchesHash('correct horsf', hash)).toBe(false);
    expect(await matchesHash('', hash)).toBe(false);
  });

  it('does not show the secret, and differs with the salt', async () => {
    const [one, other] = await Promise.all([
      hashSecret('correct horse', 'salt-1'),
      hashSecret('correct horse', 'salt-2'),
    ]);
    expect(one).not.toContain('correct horse');
    expect(one).not.toBe(other);
  });

  it('is kept with its parameters, so that they can be raised later', async () => {
    expect(await hashSecret('x', 'salt')).toMatch(/^scrypt\$16384\$8\$[\w-]+\$[\w-]{43}$/);
  });
});

describe("no one's hash", () => {
  it('is checked like any other and matches nothing', async () => {
    expect(await matchesHash('', NO_ONES_HASH)).toBe(false);
    expect(await matchesHash('secret', NO_ONES_HASH)).toBe(false);
  });
});
