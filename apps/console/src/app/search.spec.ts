import { describe, expect, it } from '@jest/globals';
import { instant, oneOf, parseSearch, searchOf, stringifySearch, text } from './search.ts';

const read = searchOf({ status: oneOf('enabled', 'disabled'), search: text, from: instant });

describe('search parameters', () => {
  it('are kept when they are known', () =>
    expect(read({ status: 'enabled', search: '123', from: '2026-11-22T00:00:00Z' })).toEqual({
      status: 'enabled',
      search: '123',
      from: '2026-11-22T00:00:00Z',
    }));

  it('are dropped when they are not', () =>
    expect(read({ status: 'on', search: '', from: 'yesterday', other: 'x', __proto__: { search: 'x' } })).toEqual({}));

  it('come back from the URL as they were written', () => {
    const search = { search: 'a b&c=ü"1"', status: 'enabled' };
    expect(parseSearch(stringifySearch(search))).toEqual(search);
  });

  it('leave no question mark behind', () => expect(stringifySearch({ a: undefined, b: '' })).toBe(''));
});
