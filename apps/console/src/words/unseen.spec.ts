import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pieces } from './unseen.ts';

describe('what hides in a text', () => {
  it.each([
    ['\u202E', 'U+202E'],
    ['\u0000', 'U+0000'],
    ['\u200B', 'U+200B'],
    ['\uFEFF', 'U+FEFF'],
    ['\r', 'U+000D'],
    ['\u{E0041}', 'U+E0041'],
  ])('is shown by its name', (character, name) =>
    expect(pieces(`a${character}b`)).toEqual([
      { text: 'a', unseen: null },
      { text: character, unseen: name },
      { text: 'b', unseen: null },
    ]),
  );

  it('is neither tab nor line feed, nor letters of any script', () => {
    const text = 'a\tb\nمرحبا 日本 é 👍';
    expect(pieces(text)).toEqual([{ text, unseen: null }]);
  });

  it('changes no character of any text', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) =>
        expect(
          pieces(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text),
      ),
    ));
});
