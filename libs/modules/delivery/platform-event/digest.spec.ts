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

  it('is canonical JSON that parses to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
