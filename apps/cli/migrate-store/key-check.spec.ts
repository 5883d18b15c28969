import { describe, expect, it } from '@jest/globals';
import { sealingKey } from '../../../libs/platform/sealing/index.ts';
import { checkKey } from './key-check.ts';
import { MigrationRefused } from './refused.ts';

const RIGHT = 'AB'.repeat(32);
const WRONG = 'cd'.repeat(32);
const sealed = { sealed: sealingKey(Buffer.from(RIGHT, 'hex')).seal('secret', 'here'), context: 'here' };

describe('the key of a migration', () => {
  it('is the one that opens what is sealed, whatever the data folder keeps', () => {
    for (const kept of [undefined, RIGHT, WRONG]) {
      expect(() => checkKey({ given: RIGHT.toLowerCase(), kept }, sealed)).not.toThrow();
      expect(() => checkKey({ given: WRONG, kept }, sealed)).toThrow(MigrationRefused);
    }
  });

  it('is the one that the data folder keeps, where nothing is sealed', () => {
    expect(() => checkKey({ given: RIGHT.toLowerCase(), kept: RIGHT }, undefined)).not.toThrow();
    expect(() => checkKey({ given: WRONG, kept: undefined }, undefined)).not.toThrow();
    expect(() => checkKey({ given: WRONG, kept: RIGHT }, undefined)).toThrow(/Set it to what is in encryption\.key/);
  });

  it('is never told', () => {
    expect(() => checkKey({ given: WRONG, kept: RIGHT }, sealed)).toThrow(
      expect.not.objectContaining({ message: expect.stringMatching(/abab|cdcd/i) }),
    );
  });
});
