import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changesIn, lineDiff, sideBySide, unified, type DiffLine } from './line-diff.ts';

/** Few different lines, so that many are common. */
const lines = fc.array(fc.constantFrom('{', '}', '  "a": 1,', '  "b": 2,', ''), { maxLength: 14 });
const textOf = (diff: readonly DiffLine[], not: DiffLine['kind']) =>
  diff.filter(({ kind }) => kind !== not).map(({ text }) => text);
const check = (say: (before: string[], after: string[]) => void) => fc.assert(fc.property(lines, lines, say));

/** The plain definition, too slow for anything but a test. */
const common = (a: readonly string[], b: readonly string[]): number => {
  const row = new Array<number>(b.length + 1).fill(0);
  for (const line of a) {
    let diagonal = 0;
    for (let at = 1; at <= b.length; at++) {
      const above = row[at]!;
      row[at] = line === b[at - 1] ? diagonal + 1 : Math.max(above, row[at - 1]!);
      diagonal = above;
    }
  }
  return row[b.length]!;
};

describe('the differences of two texts', () => {
  it('applied to one give the other, and back', () => {
    check((before, after) => {
      const diff = lineDiff(before, after);
      expect(textOf(diff, 'added')).toEqual(before);
      expect(textOf(diff, 'removed')).toEqual(after);
    });
  });

  it('are as few as they can be', () => {
    check((before, after) => {
      const same = lineDiff(before, after).filter(({ kind }) => kind === 'same').length;
      expect(same).toBe(common(before, after));
    });
  });

  it('have what is removed before what is added in its place', () => {
    check((before, after) => {
      const kinds = lineDiff(before, after).map(({ kind }) => kind);
      kinds.forEach((kind, index) => expect([kinds[index - 1], kind]).not.toEqual(['added', 'removed']));
    });
  });

  it('of the same text are none', () => {
    fc.assert(fc.property(lines, (text) => expect(changesIn(lineDiff(text, [...text]))).toBe(0)));
  });

  it('stand side by side without losing a line', () => {
    check((before, after) => {
      const rows = sideBySide(lineDiff(before, after));
      expect(rows.flatMap(({ left }) => left?.text ?? [])).toEqual(before);
      expect(rows.flatMap(({ right }) => right?.text ?? [])).toEqual(after);
      for (const { left, right, change } of rows) {
        if (change === null) expect(left).toBe(right);
        else expect([left?.kind ?? 'removed', right?.kind ?? 'added']).toEqual(['removed', 'added']);
      }
    });
  });

  it('are counted alike in one column and in two', () => {
    check((before, after) => {
      const diff = lineDiff(before, after);
      const firsts = (rows: readonly { isFirst: boolean; change: number | null }[]) =>
        rows.filter(({ isFirst }) => isFirst).map(({ change }) => change);
      expect(firsts(unified(diff))).toEqual(firsts(sideBySide(diff)));
      expect(firsts(unified(diff))).toEqual(Array.from({ length: changesIn(diff) }, (_, index) => index));
    });
  });

  it('of very long texts are found all the same', () => {
    const before = Array.from({ length: 3_000 }, (_, index) => `a${index}`);
    const after = ['first', ...before.map((line) => line.replace('a', 'b')), 'last'];
    const diff = lineDiff(['first', ...before, 'last'], after);
    expect([diff[0]?.kind, diff.at(-1)?.kind, changesIn(diff)]).toEqual(['same', 'same', 1]);
    expect(textOf(diff, 'removed')).toEqual(after);
  });
});
