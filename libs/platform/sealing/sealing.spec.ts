import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CannotOpen, sealingKey } from './sealing.ts';

const key = sealingKey(Buffer.alloc(32, 1));

describe('a sealed text', () => {
  it('opens to itself, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => key.open(key.seal(text, 'here'), 'here') === text));
  });

  it('shows nothing of the text, and never looks the same twice', () => {
    const sealed = key.seal('supersecuresecret', 'here');
    expect(sealed).not.toContain('supersecuresecret');
    expect(key.seal('supersecuresecret', 'here')).not.toBe(sealed);
  });

  it('opens in no other place and with no other key', () => {
    const sealed = key.seal('text', 'webhook:a');
    expect(() => key.open(sealed, 'webhook:b')).toThrow(CannotOpen);
    expect(() => sealingKey(Buffer.alloc(32, 2)).open(sealed, 'webhook:a')).toThrow(CannotOpen);
  });

  it('does not open once a byte was changed', () => {
    const sealed = key.seal('text', 'here');
    const changed = sealed.slice(0, 30) + (sealed[30] === 'A' ? 'B' : 'A') + sealed.slice(31);
    expect(() => key.open(changed, 'here')).toThrow(CannotOpen);
  });
});
