import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, fingerprint } from './digest.ts';

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
};

describe('the digest of an event', () => {
  it('does not depend on the order of keys, at any depth', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => canonicalJson(shuffled(value)) === canonicalJson(value)));
  });

  it('keeps the order of lists and the type of values', () => {
    const digest = (data: unknown) => fingerprint({ type: 'a', workspaceId: 'w', data }).digest;
    expect(digest([1, 2])).not.toBe(digest([2, 1]));
    expect(digest({ n: 1 })).not.toBe(digest({ n: '1' }));
  });

  it('is that of type, workspace and data', () => {
    const event = { type: 'a', workspaceId: 'w', data: {} };
    expect(fingerprint({ ...event, type: 'b' }).digest).not.toBe(fingerprint(event).digest);
    expect(fingerprint({ ...event, workspaceId: 'v' }).digest).not.toBe(fingerprint(event).digest);
  });

  it('is of keys in the order of text, in every release', () => {
    // Digests are in the stores of installations: another one here would make a conflict of each duplicate.
    const data = {
      b: [1, { z: null, a: 'ü"' }],
      a: {},
      '10': 1,
      '9': 2,
      é: -0,
      'a b': 1e21,
      nested: { '1': {}, x: [[]] },
    };
    const text = '{"10":1,"9":2,"a":{},"a b":1e+21,"b":[1,{"a":"ü\\"","z":null}],"nested":{"1":{},"x":[[]]},"é":0}';
    expect(canonicalJson(data)).toBe(text);
    expect(canonicalJson({ b: { y: 'ü"', x: null }, a: [] })).toBe('{"a":[],"b":{"x":null,"y":"ü\\""}}');
    expect(fingerprint({ type: 'a', workspaceId: 'w', data: { b: 1, a: 'ü' } })).toEqual({
      digest: '3066333b22d630f54b44b8d8213495957cb55a3a02b40bda515b84e8f5c8aa4d',
      bytes: 16,
    });
  });

  it('is canonical JSON that parses to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
