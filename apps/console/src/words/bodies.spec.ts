import { describe, expect, it } from '@jest/globals';
import { isBinary, MOST_LINES, MOST_SHOWN, pretty, shownBody } from './bodies.ts';

describe('a body that is JSON', () => {
  it('is indented', () => expect(pretty('{"a":[1,2]}')).toBe('{\n  "a": [\n    1,\n    2\n  ]\n}'));

  it.each(['not json', '"text"', '{"a":', '', '<p>{}</p>'])('is left as it is when it is "%s"', (body) =>
    expect(pretty(body)).toBe(body),
  );

  it('is left as it is when parsing would change a number', () =>
    expect(pretty('{"id":12345678901234567890123}')).toBe('{"id":12345678901234567890123}'));
});

describe('a long body', () => {
  const lines = Array.from({ length: MOST_LINES + 50 }, (_, line) => `line ${line}`).join('\n');

  it('begins collapsed, and opens', () => {
    expect(shownBody(lines, { isPretty: false, isOpen: false })).toMatchObject({
      isCollapsed: true,
      lines: MOST_LINES + 50,
    });
    expect(shownBody(lines, { isPretty: false, isOpen: false }).text.split('\n')).toHaveLength(MOST_LINES);
    expect(shownBody(lines, { isPretty: false, isOpen: true })).toMatchObject({ isCollapsed: false, text: lines });
  });

  it('is cut when it is very long', () => {
    const shown = shownBody('x'.repeat(MOST_SHOWN + 1), { isPretty: true, isOpen: true });
    expect(shown).toMatchObject({ isCut: true });
    expect(shown.text).toHaveLength(MOST_SHOWN);
  });
});

describe('a binary body', () => {
  it('is told from text', () => {
    expect(isBinary('\u0000\u0001\uFFFD\uFFFDPNG')).toBe(true);
    expect(isBinary('{"a":"é\\u0000"}\n\t')).toBe(false);
    expect(isBinary('')).toBe(false);
  });
});
