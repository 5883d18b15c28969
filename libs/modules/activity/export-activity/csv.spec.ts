import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvLine } from './csv.ts';

/** As RFC 4180 says, of one line. */
function cellsOf(line: string): string[] {
  const cells = [''];
  let [isQuoted, last] = [false, ''];
  for (const character of line.slice(0, -2)) {
    const isQuote = character === '"';
    if (character === ',' && !isQuoted) cells.push('');
    else if (!isQuote || (!isQuoted && last === '"')) cells[cells.length - 1] += character;
    if (isQuote) isQuoted = !isQuoted;
    last = character;
  }
  return cells;
}

describe('a line of a CSV file', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1'])('has %j as text, not as a formula', (text) => {
    expect(cellsOf(csvLine([text, 'x']))).toEqual([`'${text}`, 'x']);
  });

  it('has everything else as it is', () => {
    expect(csvLine(['a', '', 'b c', '1=1', "it's"])).toBe("a,,b c,1=1,it's\r\n");
    expect(csvLine(['say "hi" now', 'a,b', 'a\nb'])).toBe('"say ""hi"" now","a,b","a\nb"\r\n');
  });

  it('gives back its cells, whatever is in them, and none that begins a formula', () => {
    const text = fc
      .array(fc.oneof(fc.constantFrom(...'=+-@\t\r\n",;\''), fc.string({ unit: 'grapheme', maxLength: 3 })), {
        maxLength: 5,
      })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 4 }), (cells) => {
        const read = cellsOf(csvLine(cells));
        expect(read.map((cell, i) => (cell === `'${cells[i]}` ? cell.slice(1) : cell))).toEqual(cells);
        expect(read.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
      }),
    );
  });
});
