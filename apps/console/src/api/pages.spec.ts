import { describe, expect, it } from '@jest/globals';
import { cursorsOf, textOfCursors } from './pages.ts';

describe('the way to a page', () => {
  it('comes back from the URL as it was written', () => {
    const cursors = ['WzEsIngiXQ', 'b-_'];
    expect(cursorsOf(textOfCursors(cursors))).toEqual(cursors);
  });

  it('is nothing for the first page', () => {
    expect(textOfCursors([])).toBeUndefined();
    expect(cursorsOf(undefined)).toEqual([]);
    expect(cursorsOf('')).toEqual([]);
  });
});
