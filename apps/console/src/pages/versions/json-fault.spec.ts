import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonFault } from './json-fault.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('where a text stops being JSON', () => {
  it.each([
    ['{"a": object}', 6],
    ['{"a": 1,\n b}', 10],
    ['{"a": 1', 7],
    ['{"a": "b', 6],
    ['[1, 2,]', 6],
    ['[1] 2', 4],
    ['{a: 1}', 1],
    ['', 0],
    ['['.repeat(100_000), 501],
  ])('%#', (text, at) => expect(jsonFault(text)).toBe(at));

  it('is nowhere in JSON', () =>
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2), (json, indent) => {
        expect(jsonFault(JSON.stringify(JSON.parse(json), null, indent))).toBeUndefined();
      }),
    ));

  it('is somewhere in whatever is no JSON, and nowhere else', () =>
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', ':', '0', 'x', '\n'), (json, n, put) => {
        const place = n % (json.length + 1);
        const text = json.slice(0, place) + put + json.slice(place + 1);
        expect(jsonFault(text) === undefined).toBe(isJson(text));
      }),
    ));
});
