import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readWaits, waitsInWords } from './retry-waits.ts';

describe('waits between attempts', () => {
  it('are read with units, without, and in any case', () => {
    expect(readWaits('30, 90s, 5 min; 1 H,2 days')).toEqual({ waits: [30, 90, 300, 3_600, 172_800] });
    expect(readWaits('0.5 h')).toEqual({ waits: [1_800] });
  });

  it('are none for a single attempt', () => {
    expect(readWaits('  ')).toEqual({ waits: [] });
  });

  it.each(['soon', '5 weeks', '5 min,', ', 5', '-5', '5 5', '1 h, 1 h', '2 h, 1 h', '8 d'])('are not %s', (text) =>
    expect(readWaits(text)).toHaveProperty('problem'),
  );

  it('are 19 at most', () => {
    const growing = (length: number) => Array.from({ length }, (_, i) => i + 1).join(', ');
    expect(readWaits(growing(19))).toHaveProperty('waits');
    expect(readWaits(growing(20))).toHaveProperty('problem');
  });

  it('are written as they are read', () => {
    expect(waitsInWords([30, 90, 300, 3_600, 86_400])).toBe('30 s, 90 s, 5 min, 1 h, 1 d');
    const growing = fc
      .uniqueArray(fc.integer({ min: 0, max: 604_800 }), { maxLength: 19 })
      .map((waits) => waits.sort((a, b) => a - b));
    fc.assert(fc.property(growing, (waits) => expect(readWaits(waitsInWords(waits))).toEqual({ waits })));
  });
});
