import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DeclaredFields } from '../declared-fields.ts';
import { tasks } from '../testing/fixtures.ts';
import { filterOf } from './query-filter.ts';

const fields = new DeclaredFields(tasks());
const patternFor = (contains: string) => {
  const filter = filterOf(fields, [{ field: 'title', contains }]);
  return (filter as Record<string, { readonly $regex: string }>)['fields.title']?.$regex ?? '(no pattern)';
};

describe('the filter for text that has a part', () => {
  const characters = [...'\\^$.*+?()[]{}|-/#&~\'" \n\0aAd1é', '\u{1f600}'];
  const text = fc
    .array(fc.oneof(fc.constantFrom(...characters), fc.string({ unit: 'grapheme', maxLength: 2 })), { maxLength: 6 })
    .map((all) => all.join(''));

  it('is a pattern that this part alone fits, whatever it is made of', () =>
    fc.assert(
      fc.property(text, text, text, (before, part, after) => {
        const pattern = new RegExp(patternFor(part), 'u');
        expect(pattern.test(before + part + after)).toBe(true);
        expect(pattern.test(before)).toBe(before.includes(part));
      }),
      { numRuns: 1_000 },
    ));

  it.each(characters)('that is %j is a pattern for no other character', (part) => {
    const pattern = new RegExp(patternFor(part), 'u');
    expect(characters.filter((character) => pattern.test(character))).toEqual([part]);
  });

  it('has no NUL, which the server does not take', () => expect(patternFor('a\0b')).toBe('a\\x00b'));
});
