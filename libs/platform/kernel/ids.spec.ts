import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { derivedId } from './ids.ts';

const part = fc.oneof(fc.string(), fc.integer());
const parts = fc.array(part, { maxLength: 5 });

describe('a derived id', () => {
  it('is a UUID of version 8 in the RFC 9562 variant', () => {
    fc.assert(
      fc.property(parts, (of) => {
        expect(derivedId(...of)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      }),
    );
  });

  it('is the same for the same parts, in every release', () => {
    fc.assert(fc.property(parts, (of) => expect(derivedId(...of)).toBe(derivedId(...of))));
    // Ids are in the stores of installations: another one here would repeat what they have done.
    expect(derivedId('event', 'webhook')).toBe('4179b76d-3c00-8e7f-9a1e-84ca0c97ff80');
  });

  it('is another one for other parts', () => {
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(derivedId(...one)).not.toBe(derivedId(...other));
      }),
    );
  });

  it('is another one when the boundary between its parts shifts', () => {
    expect(derivedId('ab', 'c')).not.toBe(derivedId('a', 'bc'));
    fc.assert(
      fc.property(fc.string({ minLength: 2 }), fc.nat(), fc.nat(), (text, i, j) => {
        const [at, elsewhere] = [i % text.length, j % text.length];
        fc.pre(at !== elsewhere);
        const split = (n: number) => derivedId(text.slice(0, n), text.slice(n));
        expect(split(at)).not.toBe(split(elsewhere));
        expect(split(at)).not.toBe(derivedId(text));
      }),
    );
  });

  it('tells a number from its text', () => {
    expect(derivedId('a', 1)).not.toBe(derivedId('a', '1'));
  });
});
